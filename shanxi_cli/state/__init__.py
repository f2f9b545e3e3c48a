"""Memory of archives between runs, in the user's state folder; unlike an index it cannot be built again."""
