# python/cwe-078/bad-toml
