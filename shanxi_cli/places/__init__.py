"""The gazetteer of Shanxi and the Shaanxi warning. Query expansion by place is in `query.plan`."""
