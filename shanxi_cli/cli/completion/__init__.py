"""Shell completion: the scripts of three shells, and the candidates for a line. Opens no engine."""
