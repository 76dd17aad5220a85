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

static __always_inline void vector_begin(struct scratch *s)
{
	u64 limit = s->vector_limit;

	if (limit > s->snaplen)
		limit = s->snaplen;
	s->vector_total = 0;
	s->vector_left = clip(s, limit);
	s->vector_at = s->data_at;
}

static __always_inline void vector_end(struct scratch *s)
{
	param_end(s, s->vector_at - s->data_at);
}

#if !defined(SYSCOPE_SMALL_PROGRAMS)
/*
 * Puts bytes of the vector_count pieces at vector_list as one parameter, vector_limit and snaplen at most, and leaves in
 * vector_total how many bytes they have together.
 */
SUBPROGRAM int put_vector(void)
{
	struct scratch *s = scratch_get();
	u32 i;

	if (!s)
		return 0;
	vector_begin(s);
	UNROLL
	for (i = 0; i < VECTOR_PIECES; i++) {
		if (i >= s->vector_count)
			break;
		if (!vector_piece()) {
			count_unreadable(s);
			break;
		}
	}
	vector_end(s);
	return 0;
}
#endif

static __always_inline bool vector_reads(u32 type)
{
	return type == PPME_SYSCALL_READV_X || type == PPME_SYSCALL_PREADV_X;
}

static __always_inline bool vector_remote(u32 type)
{
	return type == PPME_SYSCALL_PROCESS_VM_READV_X || type == PPME_SYSCALL_PROCESS_VM_WRITEV_X;
}

/* What stands before the data of the readv family. */
static __always_inline void vector_head(struct scratch *s)
{
	u32 type = s->type;

	event_begin(s);
	put_u64(s, s->ret);
	s->vector_list = s->args[1];
	s->vector_count = s->args[2];
	s->vector_limit = s->ret > 0 ? s->ret : 0;
	if (vector_remote(type))
		put_int(s, s->args[0]);
	else if (vector_reads(type))
		put_u32(s, s->vector_limit);
	else if (s->ret <= 0)
		s->vector_limit = SYSCOPE_SNAPLEN_MAX;
}

/* And what stands behind it. */
static __always_inline void vector_tail(struct scratch *s)
{
	u32 type = s->type;

	if (!vector_remote(type))
		put_int(s, s->args[0]);
	if (!vector_remote(type) && !vector_reads(type))
		put_u32(s, s->vector_total);
	if (type == PPME_SYSCALL_PREADV_X || type == PPME_SYSCALL_PWRITEV_X)
		put_u64(s, s->args[3]);
}

#if !defined(SYSCOPE_SMALL_PROGRAMS)
PROGRAM(exit_vector)
{
	struct scratch *s = scratch_get();

	if (!s)
		return 0;
	vector_head(s);
	put_vector();
	vector_tail(s);
	event_end(ctx, s);
	return 0;
}
#endif

#endif
