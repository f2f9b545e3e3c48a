"""Value objects shared by all packages: articles, results, quantities, quotes, views. They have no behaviour."""
