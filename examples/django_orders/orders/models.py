"""Orders, as a small company keeps them."""

from django.db import models


class Order(models.Model):
    """What a customer ordered, until when, for how much."""

    customer = models.CharField(max_length=100)
    due = models.DateField()
    total = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        """The next one due comes first."""

        ordering = ("due",)

    def __str__(self) -> str:
        """Say which order it is."""
        return f"{self.customer}, {self.due:%d %b %Y}"
