"""The admin: the discussion of a row, under the form that changes it."""


class DiscussionMixin:
    """For a `ModelAdmin`: `class OrderAdmin(DiscussionMixin, admin.ModelAdmin)`.

    Where the admin has a `change_form_template` of its own, let that extend `apropos/change_form.html`.
    """

    change_form_template = "apropos/change_form.html"
