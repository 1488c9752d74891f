// Package model knows the models and the engine library that SecCoder can run
// on this machine, gets them, and keeps them in a folder.
//
// A [Catalogue] says what there is: each [Artifact] has files that are pinned by
// size and SHA-256, sources to get them from, a licence, and what a caller must
// know to use it (context length, infilling tokens). A [Cache] is the folder
// where pulled artifacts lie; it resolves a name to checked files. A [Puller]
// fills the cache: it goes on where a broken download ended, tries the next
// source when one fails, and gives a file its name only when its hash is right.
//
//	cache := model.Cache{Progress: show}
//	pulled, err := cache.Resolve(ctx, model.DefaultGenerator)
//	if missing, ok := errors.AsType[*model.NotPulledError](err); ok {
//		puller := model.Puller{Cache: cache}
//		if err := puller.Pull(ctx, missing.Name); err != nil {
//			return err
//		}
//	}
//
// The cache is laid out so that people can find their way in it:
//
//	<dir>/models/<name>/<file>                        a generator or an embedder
//	<dir>/models/<name>/<file>.partial                what a pull has of it so far
//	<dir>/models/<name>/.verified.json                when each file was last hashed
//	<dir>/engine/<name>-<version>-<platform>/<file>   the engine's libraries
//	<dir>/locks/<name>-….lock                         held by the process that pulls
//
// This package runs no model and reads none: generation/llama and
// retrieval/embed do.
package model
