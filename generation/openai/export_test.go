package openai

// SetMaxDropped lowers what is read of an answer only to be left out.
func (g *Generator) SetMaxDropped(bytes int) { g.maxDropped = bytes }
