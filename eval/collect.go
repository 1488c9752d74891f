package eval

// collect makes results of what the units have, be they complete or not. They are of the time
// that the record was updated.
func (s *session) collect(record RunRecord, units []*unit) *Results {
	r := &Results{Schema: ResultsSchema, Run: RunInfo{
		ID: record.ID, Name: s.plan.Name, File: s.plan.TOML(), StartedAt: record.StartedAt, UpdatedAt: record.UpdatedAt,
		Limit: s.limit, Machine: s.about.Machine, Versions: s.about.Versions,
	}}
	for i, suite := range s.suites {
		r.Suites = append(r.Suites, s.collectSuite(i, suite, units))
	}
	for _, u := range units {
		r.Run.Wanted += u.n
		if u.generated == nil {
			continue
		}
		r.Run.Done += u.n
		r.Run.Unjudged += u.n
		for _, v := range u.verdicts {
			if v.done && v.err == nil {
				r.Run.Unjudged--
			}
		}
	}
	return r
}

func (s *session) collectSuite(index int, suite loadedSuite, units []*unit) SuiteResults {
	result := SuiteResults{
		Name: suite.Name, Spec: suite.spec, Digest: suite.Digest,
		Temperature: suite.sampling.Temperature, TopP: suite.sampling.TopP, MaxTokens: suite.sampling.MaxTokens,
	}
	for _, c := range suite.Scenarios {
		result.Scenarios = append(result.Scenarios, ScenarioInfo{
			ID: c.ID, Kind: c.Kind, Task: c.Task, Language: c.Language, CWE: c.CWE, Split: c.Split,
			NoFunctionalTest: c.NoFunctionalTest, Prompt: c.Prompt, Suffix: c.Suffix,
		})
	}
	// place[model][method] are the method's results.
	var place [][]*MethodResults
	for _, m := range s.models {
		row := make([]*MethodResults, len(s.plan.Methods))
		for i, method := range s.plan.Methods {
			row[i] = &MethodResults{
				Model: m.Name, Settings: method.settings(s.codebases[i]),
				Seeds: suite.sampling.Seeds, N: suite.sampling.N,
			}
			for _, c := range suite.Scenarios {
				row[i].Scenarios = append(row[i].Scenarios, ScenarioResults{ID: c.ID})
			}
		}
		place = append(place, row)
	}
	// counted[scenario] are the programs whose judge is paid for: each is judged once,
	// whatever seeds and batches it comes in.
	counted := map[*ScenarioResults]map[string]bool{}
	for _, u := range units {
		if u.suite == index && u.generated != nil {
			m := place[u.model][u.method]
			scenario := &m.Scenarios[u.scenario]
			scenario.add(u.seed, s.batch(u), u.prompt.Rank)
			if counted[scenario] == nil {
				counted[scenario] = map[string]bool{}
			}
			m.Cost.Add(scenario.lastCost(counted[scenario]))
		}
	}
	for _, row := range place {
		for _, m := range row {
			m.markDuplicates(suite.Scenarios)
			m.summarise(result.Scenarios)
			result.Methods = append(result.Methods, *m)
		}
	}
	result.compareToBaselines()
	return result
}

// batch is a unit's part of the results.
func (s *session) batch(u *unit) Batch {
	scenario := s.scenarioOf(u)
	b := Batch{Seed: u.batchSeed, Prompt: u.prompt.Text, Demonstrations: u.prompt.Shown, Cost: u.generated.Cost}
	for i, c := range u.generated.Completions {
		sample := Sample{
			Index: u.first + i, Completion: c.Text, Code: scenario.Cut(c.Text),
			Finish: c.Finish, Tokens: c.Tokens, Retries: c.Retries, DuplicateOf: -1,
		}
		if i < len(u.verdicts) {
			v := u.verdicts[i]
			switch {
			case v.err != nil:
				sample.Error = v.err.Error()
			case v.done:
				judgement := v.Judgement
				sample.Judgement, sample.JudgeSeconds = &judgement, v.Seconds
			}
		}
		b.Samples = append(b.Samples, sample)
	}
	return b
}

// add puts a batch into its seed's results.
func (s *ScenarioResults) add(seed uint64, b Batch, rank int) {
	for i := range s.Seeds {
		if s.Seeds[i].Seed == seed {
			s.Seeds[i].Batches = append(s.Seeds[i].Batches, b)
			return
		}
	}
	s.Seeds = append(s.Seeds, SeedResults{Seed: seed, FirstSameCWERank: rank, Batches: []Batch{b}})
}

// lastCost is what the batch that came last has cost, with its judges of programs that are not
// counted yet.
func (s *ScenarioResults) lastCost(counted map[string]bool) Cost {
	batches := s.Seeds[len(s.Seeds)-1].Batches
	b := &batches[len(batches)-1]
	for _, sample := range b.Samples {
		if sample.Judgement != nil && !counted[sample.Code] {
			counted[sample.Code] = true
			b.Cost.JudgeSeconds += sample.JudgeSeconds
		}
	}
	return b.Cost
}

// markDuplicates finds the samples whose program came before within the seed.
func (m *MethodResults) markDuplicates(scenarios []Scenario) {
	for i := range m.Scenarios {
		for _, seed := range m.Scenarios[i].Seeds {
			first := map[string]int{}
			for _, b := range seed.Batches {
				for k := range b.Samples {
					sample := &b.Samples[k]
					source := scenarios[i].Source(sample.Completion)
					if index, ok := first[source]; ok {
						sample.DuplicateOf = index
						if sample.Judgement != nil {
							sample.Judgement.Trace = nil // the first one has it
						}
					} else {
						first[source] = sample.Index
					}
				}
			}
		}
	}
}
