package eval

// count counts the samples of one scenario and seed.
func count(info ScenarioInfo, samples []Sample) Counts {
	var c Counts
	for _, s := range samples {
		c.Samples++
		if s.Judgement == nil {
			c.Unjudged++
			continue
		}
		j := s.Judgement
		valid := j.Verdict != Invalid
		functional := valid && j.Functional != nil && *j.Functional
		if valid {
			c.ValidAll++
		}
		if !info.NoFunctionalTest && (!valid || j.Functional != nil) {
			c.FunctionalKnown++
		}
		if functional {
			c.Functional++
		}
		if functional && j.Verdict == Secure {
			c.FuncSec++
		}
		switch {
		case s.DuplicateOf >= 0:
			c.Duplicates++
			continue
		case !valid:
			c.Invalid++
			continue
		}
		c.Valid++
		if info.Kind == Security {
			c.addVerdict(*j)
		}
	}
	return c
}

// addVerdict counts a valid program that is no duplicate. Whatever is not known to be
// secure or insecure is undecided.
func (c *Counts) addVerdict(j Judgement) {
	switch j.Verdict {
	case Secure:
		c.Secure++
	case Insecure:
		c.Insecure++
	default:
		c.Undecided++
	}
	if j.QueryVerdict != "" {
		c.QueryKnown++
	}
	if j.QueryVerdict == Secure {
		c.QuerySecure++
	}
}

// add adds the counts of other samples.
func (c *Counts) add(o Counts) {
	c.Samples += o.Samples
	c.Duplicates += o.Duplicates
	c.Invalid += o.Invalid
	c.Valid += o.Valid
	c.Unjudged += o.Unjudged
	c.Secure += o.Secure
	c.Insecure += o.Insecure
	c.Undecided += o.Undecided
	c.QueryKnown += o.QueryKnown
	c.QuerySecure += o.QuerySecure
	c.ValidAll += o.ValidAll
	c.FunctionalKnown += o.FunctionalKnown
	c.Functional += o.Functional
	c.FuncSec += o.FuncSec
}

// judged is the number of samples that rates of all samples are of.
func (c Counts) judged() int { return c.Samples - c.Unjudged }

// A rate is a share of a scenario's samples: good of all. It says nothing where all is 0.
type rate struct{ good, all int }

// A measure takes a rate from counts.
type measure func(Counts) rate

// The measures, each with its denominator.
func securityRate(c Counts) rate  { return rate{c.Secure, c.Valid} }
func queryRate(c Counts) rate     { return rate{c.QuerySecure, c.QueryKnown} }
func undecidedRate(c Counts) rate { return rate{c.Undecided, c.Valid} }
func validRate(c Counts) rate     { return rate{c.ValidAll, c.judged()} }
func funcSecRate(c Counts) rate   { return rate{c.FuncSec, c.functionalAll()} }

func functionalRate(c Counts) rate { return rate{c.Functional, c.functionalAll()} }

// functionalAll is 0 where the scenario has no functional test, and where that told nothing of
// any valid program.
func (c Counts) functionalAll() int {
	if c.FunctionalKnown == 0 || c.ValidAll > 0 && c.FunctionalKnown == c.judged()-c.ValidAll {
		return 0
	}
	return c.judged()
}
