/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The program for all events whose parameters the table describes. */
#ifndef SYSCOPE_CALLS_PLAIN_H
#define SYSCOPE_CALLS_PLAIN_H

#include "flags.h"
#include "tables.h"
#include "task.h"

SUBPROGRAM u32 convert(u32 conversion, u64 v)
{
	switch (conversion) {
	case CONV_FD_FLAGS:
		return convert_fd_flags(v);
	case CONV_PIPE:
		return convert_pipe_flags(v);
	case CONV_FAMILY:
		return (u8)v;
	case CONV_OPEN:
		return convert_open(v);
	case CONV_CLONE:
		return convert_clone(v);
	case CONV_PROT:
		return convert_prot(v);
	case CONV_MMAP:
		return convert_mmap(v);
	case CONV_MOUNT:
		return convert_mount(v);
	case CONV_SPLICE:
		return convert_splice(v);
	case CONV_ACCESS:
		return convert_access(v);
	case CONV_FUTEX:
		return convert_futex(v);
	case CONV_FLOCK:
		return convert_flock(v);
	case CONV_WHENCE:
		return convert_whence(v);
	case CONV_SHUTDOWN:
		return convert_shutdown(v);
	case CONV_FCNTL:
		return convert_fcntl(v);
	case CONV_SEMGET:
		return convert_semget(v);
	case CONV_DELETE_MODULE:
		return convert_delete_module(v);
	case CONV_EPOLL_CREATE1:
		return convert_epoll_create1(v);
	case CONV_PIDFD_OPEN:
		return convert_pidfd_open(v);
	case CONV_FCHOWNAT:
		return convert_fchownat(v);
	case CONV_BITS_3:
		return v & 7;
	case CONV_BITS_4:
		return v & 15;
	case CONV_MODE:
		return v & 07777;
	case CONV_UNLINKAT:
		return v & PPM_UNLINKAT_FLAGS_AT_REMOVEDIR;
	case CONV_LINKAT:
		return v & (PPM_LINKAT_FLAGS_AT_SYMLINK_FOLLOW | PPM_LINKAT_FLAGS_AT_EMPTY_PATH);
	case CONV_STATAT:
		return v & (PPM_NEWFSTATAT_FLAGS_AT_EMPTY_PATH | PPM_NEWFSTATAT_FLAGS_AT_NO_AUTOMOUNT |
			    PPM_NEWFSTATAT_FLAGS_AT_SYMLINK_NOFOLLOW);
	case CONV_CLOSE_RANGE:
		return v & (PPM_CLOSE_RANGE_FLAGS_CLOSE_RANGE_UNSHARE | PPM_CLOSE_RANGE_FLAGS_CLOSE_RANGE_CLOEXEC);
	case CONV_TIMERFD:
		return (u8)convert_fd_flags(v);
	case CONV_RLIMIT:
		return convert_rlimit(v);
	case CONV_SEMCTL:
		return convert_semctl(v);
	case CONV_PTRACE:
		return convert_ptrace_request(v);
	case CONV_EXECVEAT:
		return convert_execveat(v);
	case CONV_QUOTA_COMMAND:
		return convert_quota_command(v);
	case CONV_QUOTA_TYPE:
		return convert_quota_type(v);
	case CONV_QUOTA_FORMAT:
		return convert_quota_format(v);
	default:
		return v;
	}
}

/* timespec in user memory as ns; 32-bit callers have two longs of 4 bytes. */
static __always_inline u64 user_timespec(u64 pointer, u32 compat)
{
	u64 words[2] = {0, 0};

	if (compat == COMPAT_IA32) {
		s32 old[2] = {0, 0};

		read_user(old, sizeof(old), (void *)pointer);
		return (s64)old[0] * 1000000000 + old[1];
	}
	read_user(words, sizeof(words), (void *)pointer);
	return words[0] * 1000000000 + words[1];
}

/* One parameter; returns 0 behind the last. */
static __always_inline int put_param(struct scratch *s, const struct param *p)
{
	u32 kind = p->kind;
	u64 v, out = 0;

	if (kind == KIND_END)
		return 0;
	v = s->args[p->arg & 7];

	/* Grouped by the number of bytes written: the writes then exist once each. */
	switch (kind) {
	case KIND_TEXT:
		put_text(s, v);
		return 1;
	case KIND_TEXT_OK:
		put_text(s, s->ret >= 0 ? v : 0);
		return 1;
	case KIND_DATA_IN:
	case KIND_DATA_OUT:
		out = s->ret > 0 ? s->ret : kind == KIND_DATA_OUT ? s->args[(p->arg + 1) & 7] : 0;
		if (out > s->snaplen)
			out = s->snaplen;
		put_bytes(s, v, out);
		return 1;
	case KIND_MEMORY: {
		struct syscope_settings *set = settings_get();

		if (set)
			put_memory(s, this_task(), set->page_shift);
		return 1;
	}
	case KIND_U8:
		put_u8(s, v);
		return 1;
	case KIND_ZERO8:
		put_u8(s, 0);
		return 1;
	case KIND_FLAGS8:
		put_u8(s, convert(p->conv, v));
		return 1;
	case KIND_U16:
		put_u16(s, v);
		return 1;
	case KIND_FLAGS16:
		put_u16(s, convert(p->conv, v));
		return 1;
	case KIND_RET32:
		out = s->ret;
		break;
	case KIND_U32:
		out = v;
		break;
	case KIND_FLAGS32:
		out = convert(p->conv, v);
		break;
	case KIND_OPEN_MODE:
		out = convert_open_mode(v, s->args[(p->arg + 1) & 7]);
		break;
	case KIND_DEV:
		out = (u32)v;
		break;
	case KIND_DEREF32:
		out = -1;
		if (s->ret >= 0)
			read_user(&out, 4, (void *)v);
		break;
	case KIND_SIGSET:
		if (v)
			read_user(&out, 4, (void *)v);
		break;
	case KIND_ZERO32:
		break;
	case KIND_RET:
		put_u64(s, s->ret);
		return 1;
	case KIND_INT:
		put_int(s, v);
		return 1;
	case KIND_DEREF64:
		if (v)
			read_user(&out, 8, (void *)v);
		put_u64(s, out);
		return 1;
	case KIND_SAVED:
		if (s->has_saved)
			out = s->saved[p->conv & 1];
		else if (v)
			read_user(&out, 8, (void *)v);
		put_u64(s, out);
		return 1;
	case KIND_TIMESPEC:
		put_u64(s, user_timespec(v, s->compat));
		return 1;
	case KIND_HIGH_LOW:
		put_u64(s, v << 32 | (u32)s->args[(p->arg + 1) & 7]);
		return 1;
	default:
		put_u64(s, v);
		return 1;
	}
	put_u32(s, out);
	return 1;
}

#if !defined(SYSCOPE_SMALL_PROGRAMS)
/* One parameter of the table; returns 0 behind the last. */
SUBPROGRAM int put_plain(u32 type, u32 number)
{
	struct scratch *s = scratch_get();

	return s ? put_param(s, &layouts[BOUND(type, 511)].params[number < PLAIN_PARAMS ? number : 0]) : 0;
}

/* The whole event of type s->type. */
static __always_inline void plain_event(ctx_t ctx, struct scratch *s)
{
	u32 i;

	event_begin(s);
	UNROLL
	for (i = 0; i < PLAIN_PARAMS; i++) {
		if (!put_plain(s->type, i))
			break;
	}
	event_end(ctx, s);
}

PROGRAM(exit_plain)
{
	struct scratch *s = scratch_get();

	if (s)
		plain_event(ctx, s);
	return 0;
}

ENTER_PROGRAM(enter_plain)
{
	struct scratch *s = scratch_get();

	if (s)
		plain_event(ctx, s);
	return 0;
}
#endif

#endif
