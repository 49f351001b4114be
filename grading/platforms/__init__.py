"""Ways from and to learning platforms: `collect` (with `unpack`) and `export` (with `roster`)."""
