/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Data in the pieces of an iovec list: readv, writev, messages, process_vm. */
#ifndef SYSCOPE_VECTORS_H
#define SYSCOPE_VECTORS_H

#include "tables.h"
#include "task.h"

#define VECTOR_PIECES 64

/*
 * Takes one piece of a list. The state of the loop stands in the scratch space and the step is a function of its own, so
 * that all ways through it look alike to the verifier afterwards.
 */
static __noinline u32 vector_piece(struct scratch *s)
{
	u64 piece[2] = {0, 0};	/* address, length */
	u64 n = s->vector_left;

	if (s->compat) {
		u32 old[2];

		if (bpf_probe_read_user(old, sizeof(old), (void *)s->vector_list))
			return 0;
		piece[0] = old[0];
		piece[1] = old[1];
		s->vector_list += sizeof(old);
	} else {
		if (bpf_probe_read_user(piece, sizeof(piece), (void *)s->vector_list))
			return 0;
		s->vector_list += sizeof(piece);
	}
	s->vector_total += piece[1];
	if (n > piece[1])
		n = piece[1];
	if (!n)
		return 1;
	n = BOUND(n, 0xffff);
	if (bpf_probe_read_user(EVENT_AT(s, s->vector_at), n, (void *)piece[0])) {
		count_unreadable(s);
		s->vector_left = 0;
		return 1;
	}
	s->vector_at += n;
	s->vector_left -= n;
	return 1;
}

/*
 * Puts bytes of the vector_count pieces at vector_list as one parameter, vector_limit and snaplen at most, and leaves in
 * vector_total how many bytes all pieces have.
 */
static __noinline int put_vector(struct scratch *s)
{
	u64 limit = s->vector_limit;
	u32 i;

	if (limit > s->snaplen)
		limit = s->snaplen;
	s->vector_total = 0;
	s->vector_left = clip(s, limit);
	s->vector_at = s->data_at;
	for (i = 0; i < VECTOR_PIECES; i++) {
		if (i >= s->vector_count || !vector_piece(s))
			break;
	}
	param_end(s, s->vector_at - s->data_at);
	return 0;
}

SEC("tp_btf/sys_exit")
int exit_vector(u64 *ctx)
{
	struct scratch *s = scratch_get();
	u32 type;

	if (!s)
		return 0;
	type = s->type;
	event_begin(s);
	put_u64(s, s->ret);
	s->vector_list = s->args[1];
	s->vector_count = s->args[2];
	s->vector_limit = s->ret > 0 ? s->ret : 0;
	switch (type) {
	case PPME_SYSCALL_PROCESS_VM_READV_X:
	case PPME_SYSCALL_PROCESS_VM_WRITEV_X:
		put_int(s, s->args[0]);
		put_vector(s);
		break;
	case PPME_SYSCALL_READV_X:
	case PPME_SYSCALL_PREADV_X:
		put_u32(s, s->vector_limit);
		put_vector(s);
		put_int(s, s->args[0]);
		break;
	default:
		if (s->ret <= 0)
			s->vector_limit = SYSCOPE_SNAPLEN_MAX;
		put_vector(s);
		put_int(s, s->args[0]);
		put_u32(s, s->vector_total);
		break;
	}
	if (type == PPME_SYSCALL_PREADV_X || type == PPME_SYSCALL_PWRITEV_X)
		put_u64(s, s->args[3]);
	event_end(s);
	return 0;
}

#endif
