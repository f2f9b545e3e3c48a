"""Value objects shared by all packages: articles, results, quantities, quotes, views. No behaviour beyond properties."""
