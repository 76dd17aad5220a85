/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Enter events, sent on request only, whose parameters a row of the table cannot describe. */
#ifndef SYSCOPE_CALLS_ENTER_H
#define SYSCOPE_CALLS_ENTER_H

#include "calls_files.h"
#include "calls_network.h"
#include "tables.h"
#include "vectors.h"

static __always_inline void put_openat2_entry(struct scratch *s)
{
	u64 how[3] = {0, 0, 0};

	if (read_user(how, sizeof(how), (void *)s->args[2]))
		count_unreadable(s);
	put_int(s, s->args[0]);
	put_text(s, s->args[1]);
	put_u32(s, convert_open(how[0]));
	put_u32(s, convert_open_mode(how[0], how[1]));
	put_u32(s, convert_openat2_resolve(how[2]));
}

#if !defined(SYSCOPE_SMALL_PROGRAMS)
/* How many bytes the pieces of a vector have together. */
static __always_inline void put_vector_size(struct scratch *s, u64 list, u64 count)
{
	u32 start = s->data_at;
	u32 lengths = s->len_at;

	s->vector_list = list;
	s->vector_count = count;
	s->vector_limit = 0;
	put_vector();
	/* No byte was taken: the size stands in the place of the empty parameter. */
	s->data_at = start;
	s->len_at = lengths;
	put_u32(s, s->vector_total);
}

ENTER_PROGRAM(enter_special)
{
	struct scratch *s = scratch_get();

	if (!s)
		return 0;
	event_begin(s);
	switch (s->type) {
	case PPME_SYSCALL_OPENAT2_E:
		put_openat2_entry(s);
		break;
	case PPME_SYSCALL_WRITEV_E:
	case PPME_SYSCALL_PWRITEV_E:
		put_int(s, s->args[0]);
		put_vector_size(s, s->args[1], s->args[2]);
		if (s->type == PPME_SYSCALL_PWRITEV_E)
			put_u64(s, s->args[3]);
		break;
	case PPME_SYSCALL_POLL_E:
	case PPME_SYSCALL_PPOLL_E:
		put_poll_list(s, s->args[0], s->args[1], true);
		put_poll_tail(s);
		break;
	case PPME_SOCKET_CONNECT_E:
		put_int(s, s->args[0]);
		put_sockaddr(s, s->args[1], s->args[2]);
		break;
	case PPME_SOCKET_SENDTO_E:
		put_int(s, s->args[0]);
		put_u32(s, s->args[2]);
		put_tuple(s, (s32)s->args[0], 0, s->args[4]);
		break;
	case PPME_SOCKET_SENDMSG_E:
		__builtin_memset(&s->message, 0, sizeof(s->message));
		message_get(&s->message, s->args[1], s->compat);
		put_int(s, s->args[0]);
		put_vector_size(s, s->message.vector, s->message.count);
		put_tuple(s, (s32)s->args[0], 0, s->message.name);
		break;
	}
	event_end(ctx, s);
	return 0;
}

#endif

#endif
