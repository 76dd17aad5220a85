/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Data in the pieces of an iovec list: readv, writev, messages, process_vm. */
#ifndef SYSCOPE_VECTORS_H
#define SYSCOPE_VECTORS_H

#include "tables.h"
#include "task.h"

#define VECTOR_PIECES 64

/*
 * Takes one piece of a list. The state of the loop stands in the scratch space, the step is a global function: the verifier
 * walks the ways through it once, not once for each piece.
 */
SUBPROGRAM int vector_piece(void)
{
	struct scratch *s = scratch_get();
	u32 compat;
	u64 piece[2] = {0, 0};	/* address, length; both in the first word of a 32-bit caller */
	u64 n, length;
	long failed;

	if (!s)
		return 0;
	compat = s->compat != 0;
	n = s->vector_left;
	failed = read_user(piece, compat ? 8 : 16, (void *)s->vector_list);
	s->vector_list += compat ? 8 : 16;
	length = compat ? piece[0] >> 32 : piece[1];
	if (n > length)
		n = length;
	n = BOUND(n, 0xffff);
	failed |= read_user(EVENT_AT(s, s->vector_at), n,
				      (void *)(compat ? (u64)(u32)piece[0] : piece[0]));
	s->vector_total += length;
	if (failed)
		return 0;
	s->vector_at += n;
	s->vector_left -= n;
	return 1;
}

/*
 * Puts bytes of the vector_count pieces at vector_list as one parameter, vector_limit and snaplen at most, and leaves in
 * vector_total how many bytes they have together.
 */
SUBPROGRAM int put_vector(void)
{
	struct scratch *s = scratch_get();
	u64 limit;
	u32 i;

	if (!s)
		return 0;
	limit = s->vector_limit;
	if (limit > s->snaplen)
		limit = s->snaplen;
	s->vector_total = 0;
	s->vector_left = clip(s, limit);
	s->vector_at = s->data_at;
	UNROLL
	for (i = 0; i < VECTOR_PIECES; i++) {
		if (i >= s->vector_count)
			break;
		if (!vector_piece()) {
			count_unreadable(s);
			break;
		}
	}
	param_end(s, s->vector_at - s->data_at);
	return 0;
}

PROGRAM(exit_vector)
{
	struct scratch *s = scratch_get();
	bool reads, remote;
	u32 type;

	if (!s)
		return 0;
	type = s->type;
	event_begin(s);
	put_u64(s, s->ret);
	s->vector_list = s->args[1];
	s->vector_count = s->args[2];
	s->vector_limit = s->ret > 0 ? s->ret : 0;
	reads = type == PPME_SYSCALL_READV_X || type == PPME_SYSCALL_PREADV_X;
	remote = type == PPME_SYSCALL_PROCESS_VM_READV_X || type == PPME_SYSCALL_PROCESS_VM_WRITEV_X;
	if (remote)
		put_int(s, s->args[0]);
	else if (reads)
		put_u32(s, s->vector_limit);
	else if (s->ret <= 0)
		s->vector_limit = SYSCOPE_SNAPLEN_MAX;
	put_vector();
	if (!remote)
		put_int(s, s->args[0]);
	if (!remote && !reads)
		put_u32(s, s->vector_total);
	if (type == PPME_SYSCALL_PREADV_X || type == PPME_SYSCALL_PWRITEV_X)
		put_u64(s, s->args[3]);
	event_end(ctx, s);
	return 0;
}

#endif
