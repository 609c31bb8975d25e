"""The API for programs: version 1 below /api/v1, described by /api/v1/openapi.json and docs/api.md."""
