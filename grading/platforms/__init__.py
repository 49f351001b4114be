"""Ways from and to learning platforms: `collect` (with `unpack`) and `export`, which a roster tells who is who."""
