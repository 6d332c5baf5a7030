/*
 * Notes what a program asks of the files below one folder: a library for LD_PRELOAD.
 *
 * FIELDPROOF_POWER_FOLDER is the folder, FIELDPROOF_POWER_LOG the file of notes, outside of it.
 * Every call is carried out, but those that sync, which only are noted: nobody cuts the real
 * power. One lock is held over a call and its note, so the notes are in the order of what
 * happened; each has the moment before its call. A path beside a descriptor is refused aloud.
 * What else escapes (memory that is written to a file, preallocation) the campaign sees: it
 * compares what the notes make with what the folder has.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum kind { START = 1, OPEN, WRITE, TRUNCATE, SYNC, UNLINK, RENAME, LINK, FOLDER };

/* What stands before the data of each note. */
struct note {
	uint64_t time;   /* nanoseconds of CLOCK_MONOTONIC before the call */
	uint64_t node;   /* inode of the file or folder */
	uint64_t offset; /* of a write; the length of a truncation; whether an open made the file */
	uint32_t length; /* of the data behind this */
	uint32_t kind;
};

#define MOST 65536
static unsigned char watched[MOST]; /* descriptors of files below the folder */
static const char *folder;
static size_t folder_length;
static int notes = -1;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static int (*real_openat)(int, const char *, int, ...);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_writev)(int, const struct iovec *, int);
static int (*real_ftruncate)(int, off_t);
static int (*real_fsync)(int);
static int (*real_close)(int);
static int (*real_unlink)(const char *);
static int (*real_unlinkat)(int, const char *, int);
static int (*real_rename)(const char *, const char *);
static int (*real_linkat)(int, const char *, int, const char *, int);
static int (*real_mkdir)(const char *, mode_t);

static void refuse(const char *what)
{
	fprintf(stderr, "power: %s is not understood\n", what);
	abort();
}

static uint64_t now(void)
{
	struct timespec at;
	clock_gettime(CLOCK_MONOTONIC, &at);
	return (uint64_t)at.tv_sec * 1000000000u + (uint64_t)at.tv_nsec;
}

static int below(const char *path)
{
	return folder && strncmp(path, folder, folder_length) == 0 &&
	       (path[folder_length] == '/' || path[folder_length] == 0);
}

static int is_watched(int fd)
{
	return fd >= 0 && fd < MOST && watched[fd];
}

static uint64_t node_of(int fd)
{
	struct stat file;
	return fstat(fd, &file) == 0 ? (uint64_t)file.st_ino : 0;
}

static uint64_t node_at(const char *path)
{
	struct stat file;
	return lstat(path, &file) == 0 ? (uint64_t)file.st_ino : 0;
}

static void put(enum kind kind, uint64_t time, uint64_t node, uint64_t offset,
		const void *data, size_t length)
{
	struct note note = { time, node, offset, (uint32_t)length, kind };
	struct iovec parts[2] = { { &note, sizeof note }, { (void *)(uintptr_t)data, length } };
	if (real_writev(notes, parts, 2) != (ssize_t)(sizeof note + length))
		refuse("a full disk");
}

/* Two paths with a zero between them. */
static void put_pair(enum kind kind, uint64_t time, uint64_t node, const char *from, const char *to)
{
	char both[8192];
	int length = snprintf(both, sizeof both, "%s%c%s", from, 0, to);
	if (length < 0 || (size_t)length >= sizeof both)
		refuse("a long path");
	put(kind, time, node, 0, both, (size_t)length);
}

/* Whoever kills this process holds the lock of the notes, so no call is done and not noted. */
static void enter(void)
{
	pthread_mutex_lock(&lock);
	while (flock(notes, LOCK_SH) != 0)
		if (errno != EINTR)
			refuse("a lock of the notes");
}

static void leave(void)
{
	flock(notes, LOCK_UN);
	pthread_mutex_unlock(&lock);
}

#define REAL(name, symbol) (*(void **)&real_##name = dlsym(RTLD_NEXT, symbol))

__attribute__((constructor)) static void start(void)
{
	const char *log = getenv("FIELDPROOF_POWER_LOG");
	REAL(openat, "openat64");
	REAL(write, "write");
	REAL(pwrite, "pwrite64");
	REAL(writev, "writev");
	REAL(ftruncate, "ftruncate64");
	REAL(fsync, "fsync");
	REAL(close, "close");
	REAL(unlink, "unlink");
	REAL(unlinkat, "unlinkat");
	REAL(rename, "rename");
	REAL(linkat, "linkat");
	REAL(mkdir, "mkdir");
	folder = getenv("FIELDPROOF_POWER_FOLDER");
	if (!folder || !log)
		return;
	folder_length = strlen(folder);
	notes = real_openat(AT_FDCWD, log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
	if (notes < 0)
		refuse("the file of notes");
	put(START, now(), node_at(folder), 0, folder, folder_length);
}

/* ---- names ---- */

static int opened(int at, const char *path, int flags, mode_t mode)
{
	if (at != AT_FDCWD && is_watched(at))
		refuse("a path beside a descriptor");
	if (!below(path))
		return real_openat(at, path, flags, mode);
	enter();
	uint64_t time = now();
	int made = (flags & O_CREAT) && node_at(path) == 0;
	int fd = real_openat(at, path, flags, mode);
	int error = errno;
	if (fd >= MOST)
		refuse("a high descriptor");
	if (fd >= 0) {
		watched[fd] = 1;
		put(OPEN, time, node_of(fd), (uint64_t)made, path, strlen(path));
		if ((flags & O_TRUNC) && !made)
			put(TRUNCATE, time, node_of(fd), 0, "", 0);
	}
	leave();
	errno = error;
	return fd;
}

#define MODE(flags, mode)                                         \
	mode_t mode = 0;                                          \
	if ((flags) & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY))) {   \
		va_list rest;                                     \
		va_start(rest, flags);                            \
		mode = va_arg(rest, mode_t);                      \
		va_end(rest);                                     \
	}

int open(const char *path, int flags, ...)
{
	MODE(flags, mode)
	return opened(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
	MODE(flags, mode)
	return opened(AT_FDCWD, path, flags, mode);
}

int openat(int at, const char *path, int flags, ...)
{
	MODE(flags, mode)
	return opened(at, path, flags, mode);
}

int openat64(int at, const char *path, int flags, ...)
{
	MODE(flags, mode)
	return opened(at, path, flags, mode);
}

int creat(const char *path, mode_t mode)
{
	return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

int close(int fd)
{
	/* No lock: the number is this thread's until it is closed. */
	if (is_watched(fd))
		watched[fd] = 0;
	return real_close(fd);
}

/* Carries out `call`, and notes it if it was done. */
#define NAMED(path, call, note)              \
	enter();                             \
	uint64_t time = now();               \
	uint64_t node = node_at(path);       \
	int done = (call);                   \
	int error = errno;                   \
	if (done == 0)                       \
		note;                        \
	leave();                             \
	errno = error;                       \
	return done;

int unlink(const char *path)
{
	if (!below(path))
		return real_unlink(path);
	NAMED(path, real_unlink(path), put(UNLINK, time, node, 0, path, strlen(path)))
}

int unlinkat(int at, const char *path, int flags)
{
	if (at != AT_FDCWD && is_watched(at))
		refuse("a removal beside a descriptor");
	if (at != AT_FDCWD || !below(path))
		return real_unlinkat(at, path, flags);
	NAMED(path, real_unlinkat(at, path, flags), put(UNLINK, time, node, 0, path, strlen(path)))
}

int rename(const char *from, const char *to)
{
	if (!below(from) && !below(to))
		return real_rename(from, to);
	NAMED(from, real_rename(from, to), put_pair(RENAME, time, node, from, to))
}

int linkat(int at, const char *from, int beside, const char *to, int flags)
{
	if (!below(from) && !below(to))
		return real_linkat(at, from, beside, to, flags);
	if (at != AT_FDCWD || beside != AT_FDCWD)
		refuse("a link beside a descriptor");
	NAMED(from, real_linkat(at, from, beside, to, flags), put_pair(LINK, time, node, from, to))
}

int link(const char *from, const char *to)
{
	return linkat(AT_FDCWD, from, AT_FDCWD, to, 0);
}

int mkdir(const char *path, mode_t mode)
{
	if (!below(path))
		return real_mkdir(path, mode);
	NAMED("", real_mkdir(path, mode),
	      ((void)node, put(FOLDER, time, node_at(path), 0, path, strlen(path))))
}

/* ---- contents ---- */

/* Where the next write of a descriptor goes. */
static off_t place(int fd)
{
	int flags = fcntl(fd, F_GETFL);
	return lseek(fd, 0, flags >= 0 && (flags & O_APPEND) ? SEEK_END : SEEK_CUR);
}

/* Carries out a write of one piece, and notes what of it was done. */
static ssize_t written(int fd, const void *data, size_t length, off_t offset, int at_offset)
{
	enter();
	uint64_t time = now();
	if (!at_offset)
		offset = place(fd);
	ssize_t done = at_offset ? real_pwrite(fd, data, length, offset)
				 : real_write(fd, data, length);
	int error = errno;
	if (done > 0)
		put(WRITE, time, node_of(fd), (uint64_t)offset, data, (size_t)done);
	leave();
	errno = error;
	return done;
}

ssize_t write(int fd, const void *data, size_t length)
{
	return is_watched(fd) ? written(fd, data, length, 0, 0) : real_write(fd, data, length);
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset)
{
	return is_watched(fd) ? written(fd, data, length, offset, 1)
			      : real_pwrite(fd, data, length, offset);
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset)
{
	return pwrite64(fd, data, length, offset);
}

ssize_t writev(int fd, const struct iovec *parts, int count)
{
	/* Fewer bytes than asked for are a legal answer. */
	return is_watched(fd) && count > 0 ? written(fd, parts[0].iov_base, parts[0].iov_len, 0, 0)
					   : real_writev(fd, parts, count);
}

int ftruncate64(int fd, off64_t length)
{
	if (!is_watched(fd))
		return real_ftruncate(fd, length);
	enter();
	uint64_t time = now();
	int done = real_ftruncate(fd, length);
	int error = errno;
	if (done == 0)
		put(TRUNCATE, time, node_of(fd), (uint64_t)length, "", 0);
	leave();
	errno = error;
	return done;
}

int ftruncate(int fd, off_t length)
{
	return ftruncate64(fd, length);
}

/* ---- syncs ---- */

static int synced(int fd)
{
	enter();
	put(SYNC, now(), node_of(fd), 0, "", 0);
	leave();
	return 0;
}

int fsync(int fd)
{
	return is_watched(fd) ? synced(fd) : real_fsync(fd);
}

int fdatasync(int fd)
{
	return is_watched(fd) ? synced(fd) : real_fsync(fd);
}
