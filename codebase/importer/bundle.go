package importer

import (
	"context"
	"fmt"
	"iter"
	"os"

	"github.com/seccoder/seccoder/codebase/bundle"
)

// readBundle reads examples as readExamples does, of a file whose signature was verified;
// with Options.Unsigned, of any.
func readBundle(ctx context.Context, in *input) iter.Seq2[Record, error] {
	switch {
	case in.Bundle != nil:
	case in.Unsigned:
		return readExamples(ctx, in)
	default:
		return failed(inputErrorf("%s: by whose key is it signed?", in.path))
	}
	return func(yield func(Record, error) bool) {
		if info, err := os.Stat(in.path); err == nil {
			in.total = info.Size()
		}
		scanner, err := newJSONScanner(in.Bundle.Reader(), in.from)
		if err != nil {
			yield(Record{}, fmt.Errorf("read bundle %s: %w", in.path, err))
			return
		}
		v := values{jsonScanner: scanner, path: in.path}
		v.each(ctx, in.takeExample, func(r Record, err error) bool {
			if err != nil {
				err = fmt.Errorf("read bundle %s: %w", in.path, err)
			}
			return yield(r, err)
		})
	}
}

// stampOfBundle tells a bundle from every other: by its signature, whatever became of the
// file's time.
func stampOfBundle(b *bundle.Bundle) string { return "signature " + b.ID }
