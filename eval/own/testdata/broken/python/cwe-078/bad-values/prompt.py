# python/cwe-078/bad-values
