// The peer and the client of bench/evidence.py: Tessera behind HTTP, and one load generator for every server.
//
//	tessera serve DIR BATCH AGE_MS        prints its address; POST /add answers the index once durable and integrated
//	tessera load URL CONNECTIONS SECONDS KIND [AUTHORIZATION]
//	                                      KIND "entry" posts 300 bytes, "batch" posts the JSON of /api/v1/batches
package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"sort"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/transparency-dev/tessera"
	"github.com/transparency-dev/tessera/storage/posix"
	"golang.org/x/mod/sumdb/note"
)

func main() {
	var err error
	switch os.Args[1] {
	case "serve":
		err = serve(os.Args[2], number(os.Args[3]), number(os.Args[4]))
	case "load":
		authorization := ""
		if len(os.Args) > 6 {
			authorization = os.Args[6]
		}
		err = load(os.Args[2], number(os.Args[3]), number(os.Args[4]), os.Args[5], authorization)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func number(text string) int {
	found, err := strconv.Atoi(text)
	if err != nil {
		panic(err)
	}
	return found
}

func serve(dir string, batch, age int) error {
	ctx := context.Background()
	secret, _, err := note.GenerateKey(rand.Reader, "tessera.example/bench")
	if err != nil {
		return err
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		return err
	}
	driver, err := posix.New(ctx, posix.Config{Path: dir})
	if err != nil {
		return err
	}
	options := tessera.NewAppendOptions().
		WithCheckpointSigner(signer).
		WithCheckpointInterval(time.Second).
		WithBatching(uint(batch), time.Duration(age)*time.Millisecond)
	appender, _, _, err := tessera.NewAppender(ctx, driver, options)
	if err != nil {
		return err
	}
	http.HandleFunc("POST /add", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(io.LimitReader(r.Body, 1<<16))
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		index, err := appender.Add(r.Context(), tessera.NewEntry(body))()
		if err != nil {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintf(w, "%d\n", index.Index)
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Printf("http://%s\n", listener.Addr())
	return http.Serve(listener, nil)
}

// One connection sends its next request when the answer to the last one is there.
func load(url string, connections, seconds int, kind, authorization string) error {
	transport := &http.Transport{MaxIdleConnsPerHost: connections, MaxConnsPerHost: connections, DisableCompression: true}
	client := &http.Client{Transport: transport, Timeout: 30 * time.Second}
	var counter, failed atomic.Int64
	times := make([][]time.Duration, connections)
	var group sync.WaitGroup
	ask := func() error {
		request, err := http.NewRequest("POST", url, bytes.NewReader(body(kind, counter.Add(1))))
		if err != nil {
			return err
		}
		request.Header.Set("Content-Type", "application/json")
		if authorization != "" {
			request.Header.Set("Authorization", authorization)
		}
		answer, err := client.Do(request)
		if err != nil {
			return err
		}
		defer answer.Body.Close()
		text, err := io.ReadAll(answer.Body)
		if err == nil && answer.StatusCode/100 != 2 {
			err = fmt.Errorf("%d %s", answer.StatusCode, text)
		}
		return err
	}
	if err := ask(); err != nil { // warm, and a clear error before the flood
		return err
	}
	started := time.Now()
	end := started.Add(time.Duration(seconds) * time.Second)
	for each := 0; each < connections; each++ {
		group.Add(1)
		go func() {
			defer group.Done()
			for time.Now().Before(end) {
				begun := time.Now()
				if ask() != nil {
					failed.Add(1)
					continue
				}
				times[each] = append(times[each], time.Since(begun))
			}
		}()
	}
	group.Wait()
	took := time.Since(started).Seconds()
	var all []time.Duration
	for _, some := range times {
		all = append(all, some...)
	}
	sort.Slice(all, func(i, j int) bool { return all[i] < all[j] })
	if len(all) == 0 {
		return fmt.Errorf("no answer at all")
	}
	ms := func(share float64) float64 { return all[int(share*float64(len(all)-1))].Seconds() * 1000 }
	return json.NewEncoder(os.Stdout).Encode(map[string]any{
		"rate": float64(len(all)) / took, "p50_ms": ms(.5), "p99_ms": ms(.99), "failed": failed.Load(),
	})
}

func body(kind string, count int64) []byte {
	if kind == "batch" {
		root := make([]byte, 32)
		rand.Read(root)
		return []byte(fmt.Sprintf(`{"kind":"bench","root":"%s","count":%d}`, hex.EncodeToString(root), count))
	}
	return bytes.Repeat([]byte(fmt.Sprintf("entry %014d ", count)), 15)
}
