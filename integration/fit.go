package integration

import (
	"context"
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/seccoder/seccoder/lang"
)

// fitted is the user's code as far as the context holds it.
type fitted struct {
	prefix, suffix       string
	cutPrefix, cutSuffix int // bytes
	tokens, suffixTokens int // tokens counts both
}

// fit cuts the user's code to room tokens.
func fit(ctx context.Context, count counter, l lang.Language, prefix, suffix string, room int) (fitted, error) {
	code := fitted{prefix: prefix, suffix: suffix}
	prefixTokens, err := count(ctx, prefix)
	if err != nil {
		return code, fmt.Errorf("count the tokens of the code before the cursor: %w", err)
	}
	if suffix != "" {
		if code.suffixTokens, err = count(ctx, suffix); err != nil {
			return code, fmt.Errorf("count the tokens of the code behind the cursor: %w", err)
		}
	}
	if prefixTokens+code.suffixTokens > room {
		if keep := max(room-prefixTokens, room/4); code.suffixTokens > keep {
			code.suffix, code.suffixTokens, err = cutSuffix(ctx, count, suffix, keep)
			code.cutSuffix = len(suffix) - len(code.suffix)
		}
		if keep := room - code.suffixTokens; err == nil && prefixTokens > keep {
			code.prefix, prefixTokens, err = cutPrefix(ctx, count, l, prefix, keep)
			code.cutPrefix = len(prefix) - len(code.prefix)
		}
	}
	if err != nil {
		return code, fmt.Errorf("count the tokens of a part of the user's code: %w", err)
	}
	code.tokens = prefixTokens + code.suffixTokens
	return code, nil
}

// cutPrefix drops lines from the start until at most keep tokens are left.
func cutPrefix(ctx context.Context, count counter, l lang.Language, code string, keep int) (string, int, error) {
	starts := lineStarts(code)
	for len(starts) > 0 {
		first, err := firstFitting(len(starts), func(i int) (bool, error) {
			n, err := count(ctx, code[starts[i]:])
			return n <= keep, err
		})
		if err != nil {
			return "", 0, err
		}
		if first == len(starts) {
			break
		}
		starts = starts[first:]
		start := bestStart(l, code, starts)
		n, err := count(ctx, code[start:])
		if err != nil || n <= keep {
			return code[start:], n, err
		}
		starts = starts[1:] // fewer bytes were more tokens; look on
	}
	// The line of the cursor alone is too long.
	last := strings.LastIndexByte(strings.TrimRight(code, "\r\n"), '\n') + 1
	return cutWithin(ctx, count, code, last, keep)
}

// cutWithin keeps what fits of the end of the code, from start at the earliest.
func cutWithin(ctx context.Context, count counter, code string, start, keep int) (string, int, error) {
	i, err := firstFitting(len(code)-start, func(i int) (bool, error) {
		n, err := count(ctx, code[start+i:])
		return n <= keep, err
	})
	for at := start + i; err == nil; at++ {
		for at < len(code) && !utf8.RuneStart(code[at]) {
			at++
		}
		var n int
		if n, err = count(ctx, code[min(at, len(code)):]); n <= keep || at >= len(code) {
			return code[min(at, len(code)):], n, err
		}
	}
	return "", 0, err
}

// cutSuffix drops lines from the end until at most keep tokens are left, or
// characters of the first line where that alone is too long.
func cutSuffix(ctx context.Context, count counter, code string, keep int) (string, int, error) {
	ends := append([]int{0}, lineStarts(code)...)
	// From the longest to the shortest, which is nothing.
	i, err := firstFitting(len(ends), func(i int) (bool, error) {
		n, err := count(ctx, code[:ends[len(ends)-1-i]])
		return n <= keep, err
	})
	if err != nil {
		return "", 0, err
	}
	end := ends[max(len(ends)-1-i, 0)]
	if end == 0 {
		line := strings.IndexByte(code+"\n", '\n')
		dropped, err := firstFitting(line, func(i int) (bool, error) {
			n, err := count(ctx, code[:line-i])
			return n <= keep, err
		})
		if err != nil {
			return "", 0, err
		}
		for end = line - dropped; end > 0 && end < len(code) && !utf8.RuneStart(code[end]); {
			end--
		}
	}
	for {
		n, err := count(ctx, code[:end])
		if err != nil || n <= keep || end == 0 {
			return code[:end], n, err
		}
		for end--; end > 0 && !utf8.RuneStart(code[end]); {
			end--
		}
	}
}

// firstFitting finds the first of n candidates that fits, given that those after
// it do too; n where none does.
func firstFitting(n int, fits func(i int) (bool, error)) (int, error) {
	var failed error
	first := sort.Search(n, func(i int) bool {
		if failed != nil {
			return true
		}
		ok, err := fits(i)
		failed = err
		return ok
	})
	return first, failed
}
