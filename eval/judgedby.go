package eval

import "context"

// digestKey is what the digest is kept under by which a suite was judged last. Judgements
// are found by that digest, and a machine that only generates cannot make it: the versions
// of the compilers and interpreters are in it.
func digestKey(suite Suite) key { return newKey("digest", suite.Content) }

// settleDigests remembers the suites' digests for runs that only generate, and gives such a
// run those that are remembered, whatever this machine has to judge with.
func (s *session) settleDigests(ctx context.Context, generateOnly bool) error {
	for i := range s.suites {
		suite := &s.suites[i].Suite
		if suite.Content == "" {
			continue
		}
		var last string
		known, err := s.store.get(ctx, digestKey(*suite), &last)
		switch {
		case err != nil:
			return err
		case generateOnly && known:
			suite.Digest = last
		case !generateOnly && last != suite.Digest:
			if err := s.store.put(ctx, digestKey(*suite), suite.Digest); err != nil {
				return err
			}
		}
	}
	return nil
}
