pass # other
