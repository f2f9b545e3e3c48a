"""Planning: turn each leaf of a validated query into the lookups that engines and highlighters share."""
