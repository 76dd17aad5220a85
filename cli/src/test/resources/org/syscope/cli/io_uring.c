/*
 * Reads, writes, opens and closes files through io_uring, by bare system calls: usage io_uring INPUT OUTPUT. INPUT is open as fd
 * 5, OUTPUT as fd 6. Exits with 2 where the kernel forbids io_uring.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/io_uring.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static int ring;
static struct io_uring_params params;
static struct io_uring_sqe *entries;
static char *submissions, *completions;

#define WORD(base, offset) ((unsigned *)((base) + (offset)))

/* Makes one operation and waits for its end. */
static int operate(int opcode, int fd, void *address, unsigned length, unsigned long long offset, unsigned long long data)
{
	unsigned tail = *WORD(submissions, params.sq_off.tail);
	unsigned slot = tail & *WORD(submissions, params.sq_off.ring_mask);
	unsigned head = *WORD(completions, params.cq_off.head);
	struct io_uring_sqe *entry = &entries[slot];
	struct io_uring_cqe *end;
	int result;

	memset(entry, 0, sizeof(*entry));
	entry->opcode = opcode;
	entry->fd = fd;
	entry->addr = (unsigned long)address;
	entry->len = length;
	entry->off = offset;
	entry->user_data = data;
	if (data == 0xf1)
		entry->flags = IOSQE_FIXED_FILE;
	if (data == 0xf2 || data == 0xf3)
		entry->file_index = 1;
	WORD(submissions, params.sq_off.array)[slot] = slot;
	__atomic_store_n(WORD(submissions, params.sq_off.tail), tail + 1, __ATOMIC_RELEASE);
	if (syscall(SYS_io_uring_enter, ring, 1, 1, IORING_ENTER_GETEVENTS, NULL, 0) < 0)
		_exit(3);
	if (__atomic_load_n(WORD(completions, params.cq_off.tail), __ATOMIC_ACQUIRE) == head)
		_exit(4);
	end = (struct io_uring_cqe *)(completions + params.cq_off.cqes) + (head & *WORD(completions, params.cq_off.ring_mask));
	result = end->user_data == data ? end->res : -9999;
	__atomic_store_n(WORD(completions, params.cq_off.head), head + 1, __ATOMIC_RELEASE);
	return result;
}

int main(int count, char **words)
{
	char text[64];
	struct iovec piece = {text, 7};
	int files[2] = {5, 6}, opened;

	if (count != 3)
		return 5;
	ring = syscall(SYS_io_uring_setup, 4, &params);
	if (ring < 0)
		return errno == ENOSYS || errno == EPERM ? 2 : 6;
	submissions = mmap(NULL, params.sq_off.array + params.sq_entries * 4, PROT_READ | PROT_WRITE, MAP_SHARED, ring,
			   IORING_OFF_SQ_RING);
	completions = mmap(NULL, params.cq_off.cqes + params.cq_entries * sizeof(struct io_uring_cqe), PROT_READ | PROT_WRITE,
			   MAP_SHARED, ring, IORING_OFF_CQ_RING);
	entries = mmap(NULL, params.sq_entries * sizeof(*entries), PROT_READ | PROT_WRITE, MAP_SHARED, ring, IORING_OFF_SQES);
	if (submissions == MAP_FAILED || completions == MAP_FAILED || entries == MAP_FAILED)
		return 7;
	dup2(open(words[1], O_RDONLY), 5);
	dup2(open(words[2], O_RDWR | O_CREAT | O_TRUNC, 0600), 6);
	if (operate(IORING_OP_NOP, -1, NULL, 0, 0, 1) != 0 || operate(IORING_OP_READ, 5, text, 20, 3, 2) != 20 ||
	    operate(IORING_OP_WRITE, 6, text, 20, -1ULL, 3) != 20 || operate(IORING_OP_READV, 5, &piece, 1, 0, 4) != 7 ||
	    operate(IORING_OP_READ, 77, text, 9, 0, 5) != -EBADF || operate(IORING_OP_FSYNC, 6, NULL, 0, 0, 6) != 0)
		return 8;
	syscall(SYS_io_uring_register, ring, IORING_REGISTER_FILES, files, 2);
	if (operate(IORING_OP_READ, 1, text, 4, 1, 0xf1) != 4)
		return 9;
	/* Into the first registered file and away again: no descriptor is made or closed. */
	if (operate(IORING_OP_OPENAT, AT_FDCWD, words[1], 0, 0, 0xf2) || operate(IORING_OP_CLOSE, 0, NULL, 0, 0, 0xf3))
		return 12;
	if (lseek(0, 0, SEEK_CUR) < 0)
		return 13;
	opened = operate(IORING_OP_OPENAT, AT_FDCWD, words[1], 0, 0, 7);
	if (opened < 0 || operate(IORING_OP_READ, opened, text, 5, 0, 8) != 5 || operate(IORING_OP_CLOSE, opened, NULL, 0, 0, 9) ||
	    operate(IORING_OP_CLOSE, 5, NULL, 0, 0, 10))
		return 10;
	return open(words[2], O_RDONLY) == 5 ? 0 : 11;
}
