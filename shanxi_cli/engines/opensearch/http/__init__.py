"""HTTP client of a cluster: connections, failover and errors.

`client.ClusterClient` is what the engine uses. Nothing here knows a query.
"""
