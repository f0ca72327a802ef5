"""Can a person be known by how they type? Tables of typing, made-up typists, and an attacker."""
