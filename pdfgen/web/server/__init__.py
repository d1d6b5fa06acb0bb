"""The server of the page, for this computer alone (docs/serve.md). Only here is starlette known."""
