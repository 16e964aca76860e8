// Command zipped writes a .zip whose bytes depend on nothing but the files' names and contents.
//
// "zipped BASE FOLDER OUT.zip" packs BASE/FOLDER under the name FOLDER. Every entry bears the date of
// $SOURCE_DATE_EPOCH (seconds since 1970).
package main

import (
	"archive/zip"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strconv"
	"time"
)

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: zipped BASE FOLDER OUT.zip")
		os.Exit(2)
	}
	if err := pack(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, "zipped:", err)
		os.Exit(1)
	}
}

func pack(base, folder, out string) error {
	seconds, err := strconv.ParseInt(os.Getenv("SOURCE_DATE_EPOCH"), 10, 64)
	if err != nil {
		return fmt.Errorf("SOURCE_DATE_EPOCH: %w", err)
	}
	file, err := os.Create(out)
	if err != nil {
		return err
	}
	defer file.Close()
	archive := zip.NewWriter(file)
	tree := os.DirFS(base)
	// WalkDir goes through a folder in the order of its names.
	err = fs.WalkDir(tree, path.Clean(folder), func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		return add(archive, tree, name, time.Unix(seconds, 0).UTC())
	})
	if err != nil {
		return err
	}
	if err := archive.Close(); err != nil {
		return err
	}
	return file.Close()
}

// add copies one file of the tree into the archive, with the date given.
func add(archive *zip.Writer, tree fs.FS, name string, date time.Time) error {
	source, err := tree.Open(name)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: date})
	if err != nil {
		return err
	}
	_, err = io.Copy(target, source)
	return err
}
