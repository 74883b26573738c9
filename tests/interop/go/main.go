// Command interop holds Feiyu's evidence formats against independent implementations: Go's sumdb note and tlog,
// transparency-dev's cosignatures, and Tessera's fsck, appender and witness client.
package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	cosign "github.com/transparency-dev/formats/note"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"github.com/transparency-dev/tessera"
	"github.com/transparency-dev/tessera/api"
	"github.com/transparency-dev/tessera/client"
	"github.com/transparency-dev/tessera/fsck"
	"github.com/transparency-dev/tessera/storage/posix"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Inclusion and consistency proofs as both sides exchange them.
type inclusion struct {
	Index int64
	Path  [][]byte
}

type consistency struct {
	Old     int64
	OldRoot []byte
	Path    [][]byte
}

type world struct {
	Log         string // verifier keys
	Witness     string
	PostQuantum string
	Note        string
	Size        int64
	Root        []byte
	Entries     [][]byte
	Inclusion   []inclusion
	Consistency []consistency
}

func main() {
	commands := map[string]func([]string) error{
		"check": check, "make": produce, "fsck": checkTiles, "append": appendTo, "judge": judge,
	}
	if err := commands[os.Args[1]](os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func hashes(path [][]byte) []tlog.Hash {
	found := make([]tlog.Hash, len(path))
	for i, step := range path {
		copy(found[i][:], step)
	}
	return found
}

func raw(path []tlog.Hash) [][]byte {
	found := make([][]byte, len(path))
	for i, step := range path {
		found[i] = append([]byte(nil), step[:]...)
	}
	return found
}

// check reads a world that Feiyu made, with the directory of its tiles, and believes nothing of it.
func check(arguments []string) error {
	var w world
	if err := json.NewDecoder(os.Stdin).Decode(&w); err != nil {
		return err
	}
	logKey, err := note.NewVerifier(w.Log)
	if err != nil {
		return err
	}
	witness, err := cosign.NewVerifierForCosignatureV1(w.Witness)
	if err != nil {
		return err
	}
	postQuantum, err := cosign.NewVerifierForCosignatureV1(w.PostQuantum)
	if err != nil {
		return err
	}
	n, err := note.Open([]byte(w.Note), note.VerifierList(logKey, witness, postQuantum))
	if err != nil {
		return err
	}
	if len(n.Sigs) != 3 || len(n.UnverifiedSigs) != 0 {
		return fmt.Errorf("%d signatures verified, %d not", len(n.Sigs), len(n.UnverifiedSigs))
	}
	root := hashes([][]byte{w.Root})[0]
	if want := fmt.Sprintf("%s\n%d\n%s\n", logKey.Name(), w.Size, root); n.Text != want {
		return fmt.Errorf("the checkpoint says %q", n.Text)
	}
	for _, p := range w.Inclusion {
		leaf := tlog.RecordHash(w.Entries[p.Index])
		if err := tlog.CheckRecord(hashes(p.Path), w.Size, root, p.Index, leaf); err != nil {
			return fmt.Errorf("entry %d: %w", p.Index, err)
		}
	}
	for _, p := range w.Consistency {
		if err := tlog.CheckTree(hashes(p.Path), w.Size, root, p.Old, hashes([][]byte{p.OldRoot})[0]); err != nil {
			return fmt.Errorf("size %d: %w", p.Old, err)
		}
	}
	reader := tlog.TileHashReader(tlog.Tree{N: w.Size, Hash: root}, tileDirectory(arguments[0]))
	for index := range w.Entries {
		found, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, int64(index))})
		if err != nil {
			return fmt.Errorf("tiles: %w", err)
		}
		if found[0] != tlog.RecordHash(w.Entries[index]) {
			return fmt.Errorf("tiles: entry %d has another hash", index)
		}
	}
	return nil
}

// tileDirectory reads tiles of height 8 as C2SP tlog-tiles names them.
type tileDirectory string

func (d tileDirectory) Height() int { return 8 }

func (d tileDirectory) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var found [][]byte
	for _, tile := range wanted {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		data, err := os.ReadFile(filepath.Join(string(d), path))
		if err != nil {
			return nil, err
		}
		found = append(found, data)
	}
	return found, nil
}

func (d tileDirectory) SaveTiles([]tlog.Tile, [][]byte) {}

// produce makes a world for Feiyu to check.
func produce(arguments []string) error {
	skey, vkey, err := note.GenerateKey(rand.Reader, "go.example/log")
	if err != nil {
		return err
	}
	witnessSkey, witnessVkey, err := note.GenerateKey(rand.Reader, "go.example/witness")
	if err != nil {
		return err
	}
	pqSkey, pqVkey, err := cosign.GenerateMLDSAKey("go.example/pq")
	if err != nil {
		return err
	}
	w := world{Log: vkey, PostQuantum: pqVkey, Size: 777}
	if w.Witness, err = cosign.VKeyToCosignatureV1(witnessVkey); err != nil {
		return err
	}
	var stored []tlog.Hash
	read := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var found []tlog.Hash
		for _, index := range indexes {
			found = append(found, stored[index])
		}
		return found, nil
	})
	for i := int64(0); i < w.Size; i++ {
		entry := []byte(strings.Repeat(fmt.Sprintf("entry %d ", i), int(i%4)))
		w.Entries = append(w.Entries, entry)
		more, err := tlog.StoredHashes(i, entry, read)
		if err != nil {
			return err
		}
		stored = append(stored, more...)
	}
	root, err := tlog.TreeHash(w.Size, read)
	if err != nil {
		return err
	}
	w.Root = root[:]
	for i := int64(0); i < w.Size; i += 13 {
		path, err := tlog.ProveRecord(w.Size, i, read)
		if err != nil {
			return err
		}
		w.Inclusion = append(w.Inclusion, inclusion{i, raw(path)})
		old, err := tlog.TreeHash(i+1, read)
		if err != nil {
			return err
		}
		between, err := tlog.ProveTree(w.Size, i+1, read)
		if err != nil {
			return err
		}
		w.Consistency = append(w.Consistency, consistency{i + 1, old[:], raw(between)})
	}
	signer, err := note.NewSigner(skey)
	if err != nil {
		return err
	}
	witness, err := cosign.NewSignerForCosignatureV1(witnessSkey)
	if err != nil {
		return err
	}
	pq, err := cosign.NewSignerForCosignatureV1(pqSkey)
	if err != nil {
		return err
	}
	text := fmt.Sprintf("go.example/log\n%d\n%s\n", w.Size, root)
	signed, err := note.Sign(&note.Note{Text: text}, signer, witness, pq)
	if err != nil {
		return err
	}
	w.Note = string(signed)
	return json.NewEncoder(os.Stdout).Encode(w)
}

// judge says of each claim whether transparency-dev's verifier accepts it: an inclusion where there is a leaf, else a
// consistency from the size First.
func judge([]string) error {
	var claims []struct {
		Leaf, Root, FirstRoot []byte
		Index, First, Size    uint64
		Path                  [][]byte
	}
	if err := json.NewDecoder(os.Stdin).Decode(&claims); err != nil {
		return err
	}
	verdicts := make([]bool, len(claims))
	for i, c := range claims {
		if c.Leaf != nil {
			verdicts[i] = proof.VerifyInclusion(rfc6962.DefaultHasher, c.Index, c.Size, c.Leaf, c.Path, c.Root) == nil
		} else {
			verdicts[i] = proof.VerifyConsistency(rfc6962.DefaultHasher, c.First, c.Size, c.Path, c.FirstRoot, c.Root) == nil
		}
	}
	return json.NewEncoder(os.Stdout).Encode(verdicts)
}

// checkTiles runs Tessera's fsck over a directory that Feiyu wrote: origin, verifier key, directory.
func checkTiles(arguments []string) error {
	verifier, err := note.NewVerifier(arguments[1])
	if err != nil {
		return err
	}
	leaves := func(data []byte) ([][]byte, error) {
		var bundle api.EntryBundle
		if err := bundle.UnmarshalText(data); err != nil {
			return nil, err
		}
		var found [][]byte
		for _, entry := range bundle.Entries {
			found = append(found, rfc6962.DefaultHasher.HashLeaf(entry))
		}
		return found, nil
	}
	fetcher := client.FileFetcher{Root: arguments[2]}
	return fsck.New(arguments[0], verifier, fetcher, leaves, fsck.Opts{N: 2}).Check(context.Background())
}

// appendTo grows a Tessera log that a Feiyu witness must cosign: directory, private key, witness key, witness address.
func appendTo(arguments []string) error {
	ctx := context.Background()
	signer, err := note.NewSigner(arguments[1])
	if err != nil {
		return err
	}
	address, err := url.Parse(arguments[3])
	if err != nil {
		return err
	}
	witness, err := tessera.NewWitness(arguments[2], address)
	if err != nil {
		return err
	}
	driver, err := posix.New(ctx, posix.Config{Path: arguments[0]})
	if err != nil {
		return err
	}
	options := tessera.NewAppendOptions().
		WithCheckpointSigner(signer).
		WithCheckpointInterval(200*time.Millisecond).
		WithBatching(64, 50*time.Millisecond).
		WithWitnesses(tessera.NewWitnessGroup(1, witness), &tessera.WitnessOptions{Timeout: 5 * time.Second})
	appender, stop, reader, err := tessera.NewAppender(ctx, driver, options)
	if err != nil {
		return err
	}
	for round := 0; round < 3; round++ {
		var last tessera.IndexFuture
		for i := 0; i < 100; i++ {
			last = appender.Add(ctx, tessera.NewEntry([]byte(fmt.Sprintf("round %d entry %d", round, i))))
		}
		awaiter := tessera.NewPublicationAwaiter(ctx, reader.ReadCheckpoint, 50*time.Millisecond)
		_, checkpoint, err := awaiter.Await(ctx, last)
		if err != nil {
			return err
		}
		if !bytes.Contains(checkpoint, []byte("\u2014 witness")) {
			return fmt.Errorf("published without the witness:\n%s", checkpoint)
		}
	}
	return stop(ctx)
}
