"""All pages of the console."""

from . import audit_routes, discussion_routes, key_routes, overview_routes, people_routes, routes, setting_routes, webhook_routes

ROUTERS = (
    routes.router, overview_routes.router, discussion_routes.router, people_routes.router, key_routes.router,
    setting_routes.router, webhook_routes.router, audit_routes.router,
)  # fmt: skip
