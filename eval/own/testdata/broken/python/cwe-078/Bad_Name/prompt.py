# python/cwe-078/Bad_Name
