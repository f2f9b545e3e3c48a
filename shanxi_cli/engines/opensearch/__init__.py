"""The OpenSearch engine: an index that a cluster keeps, read and written over HTTP. Loaded only for such an index."""
