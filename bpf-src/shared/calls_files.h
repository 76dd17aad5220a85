/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Calls that make or watch file descriptors: the open family, pipe and socketpair, poll. */
#ifndef SYSCOPE_CALLS_FILES_H
#define SYSCOPE_CALLS_FILES_H

#include "calls_plain.h"
#include "flags.h"
#include "paths.h"
#include "tables.h"
#include "task.h"

#define SYSCOPE_FMODE_CREATED 0x100000
#define OVERLAY_MAGIC 0x794c7630

enum overlay { NO_OVERLAY, OVERLAY_LOWER, OVERLAY_UPPER };

/* In which layer of an overlay a file lies. */
static __always_inline enum overlay file_overlay(struct file *file)
{
	struct dentry *dentry = READ(file, f_path.dentry);
	struct inode *inode = READ(dentry, d_inode);
	struct dentry *upper;

	if (READ(inode, i_sb, s_magic) != OVERLAY_MAGIC)
		return NO_OVERLAY;
	upper = overlay_upper(dentry, inode);
	return upper && READ(upper, d_inode) ? OVERLAY_UPPER : OVERLAY_LOWER;
}

struct opened {
	struct file *file;
	u64 ino;
	u32 dev;
	u32 created;
	enum overlay overlay;
};

static __always_inline void opened_get(struct opened *o, s64 fd)
{
	struct inode *inode;
	struct file *file;

	__builtin_memset(o, 0, sizeof(*o));
	if (fd < 0)
		return;
	file = task_file(this_task(), fd);
	if (!file)
		return;
	inode = READ(file, f_inode);
	o->file = file;
	o->ino = READ(inode, i_ino);
	o->dev = encode_dev(READ(inode, i_sb, s_dev));
	o->created = READ(file, f_mode) & SYSCOPE_FMODE_CREATED;
	o->overlay = file_overlay(file);
}

static __always_inline u32 opened_flags(struct opened *o, u64 flags)
{
	return convert_open(flags) |
	       (o->created ? PPM_FILE_FLAGS_O_F_CREATED : 0) |
	       (o->overlay == OVERLAY_UPPER ? PPM_FILE_FLAGS_FD_UPPER_LAYER : 0) |
	       (o->overlay == OVERLAY_LOWER ? PPM_FILE_FLAGS_FD_LOWER_LAYER : 0);
}

/* Behind the result: the event of an open call that names its path. */
static __always_inline void put_opened(struct scratch *s, struct opened *o)
{
	u64 how[3] = {0, 0, 0};	/* struct open_how: flags, mode, resolve */
	u32 type = s->type;
	u32 at;		/* index of the argument after dirfd */

	at = type == PPME_SYSCALL_OPENAT_2_X || type == PPME_SYSCALL_OPENAT2_X;
	if (at)
		put_int(s, s->args[0]);
	put_text(s, s->args[at]);
	if (type == PPME_SYSCALL_CREAT_X) {
		put_u32(s, s->args[1] & 07777);
		put_u32(s, o->dev);
		put_u64(s, o->ino);
		put_u16(s, o->overlay == OVERLAY_UPPER ? PPM_CREAT_FLAGS_FD_UPPER_LAYER_CREAT :
			   o->overlay == OVERLAY_LOWER ? PPM_CREAT_FLAGS_FD_LOWER_LAYER_CREAT : 0);
		return;
	}
	if (type == PPME_SYSCALL_OPENAT2_X) {
		if (read_user(how, sizeof(how), (void *)s->args[2]))
			count_unreadable(s);
	} else {
		how[0] = s->args[at + 1];
		how[1] = s->args[at + 2];
	}
	put_u32(s, opened_flags(o, how[0]));
	put_u32(s, convert_open_mode(how[0], how[1]));
	if (type == PPME_SYSCALL_OPENAT2_X)
		put_u32(s, convert_openat2_resolve(how[2]));
	put_u32(s, o->dev);
	put_u64(s, o->ino);
}

#if !defined(SYSCOPE_SMALL_PROGRAMS)
PROGRAM(exit_open)
{
	struct scratch *s = scratch_get();
	struct opened o;

	if (!s)
		return 0;
	event_begin(s);
	opened_get(&o, s->ret);
	put_u64(s, s->ret);
	if (s->type == PPME_SYSCALL_OPEN_BY_HANDLE_AT_X) {
		put_int(s, s->args[0]);
		put_u32(s, opened_flags(&o, s->args[2]));
		put_file_path(s, o.file);
		put_u32(s, o.dev);
		put_u64(s, o.ino);
	} else {
		put_opened(s, &o);
	}
	event_end(ctx, s);
	return 0;
}
#endif

static __always_inline struct socket *file_socket(struct file *file)
{
	struct inode *inode = READ(file, f_inode);

	if (!file || (READ(inode, i_mode) & 0170000) != 0140000)
		return NULL;
	return READ(file, private_data);
}

PROGRAM(exit_pipe)
{
	struct scratch *s = scratch_get();
	s32 fds[2] = {-1, -1};
	struct file *file = NULL;
	u32 type;

	if (!s)
		return 0;
	type = s->type;
	event_begin(s);
	if (s->ret == 0) {
		read_user(fds, sizeof(fds), (void *)s->args[type == PPME_SOCKET_SOCKETPAIR_X ? 3 : 0]);
		file = task_file(this_task(), fds[0]);
	}
	put_u64(s, s->ret);
	put_u64(s, (s64)fds[0]);
	put_u64(s, (s64)fds[1]);
	if (type == PPME_SOCKET_SOCKETPAIR_X) {
		struct socket *socket = file_socket(file);
		struct unix_sock *sock = (void *)READ(socket, sk);

		put_u64(s, (u64)sock);
		put_u64(s, (u64)READ(sock, peer));
		put_u32(s, (u8)s->args[0]);
		put_u32(s, s->args[1]);
		put_u32(s, s->args[2]);
	} else {
		put_u64(s, READ(file, f_inode, i_ino));
		if (type == PPME_SYSCALL_PIPE2_X)
			put_u32(s, convert_pipe_flags(s->args[1]));
	}
	event_end(ctx, s);
	return 0;
}

#define POLL_LIST 64	/* descriptors of a list that are kept */

/* One entry of the list, i64 fd, i16 events (the asked ones before the call, the returned ones after it), at this place. */
static __always_inline bool put_poll_entry(struct scratch *s, u64 list, u32 i, u32 at, bool asked)
{
	struct {
		s32 fd;
		s16 events, returned;
	} entry;
	u8 *to;

	if (read_user(&entry, sizeof(entry), (void *)(list + i * sizeof(entry)))) {
		count_unreadable(s);
		return false;
	}
	to = EVENT_AT(s, at);
	*(s64 *)to = entry.fd;
	*(u16 *)(to + 8) = convert_poll((u16)(asked ? entry.events : entry.returned));
	return true;
}

/* What stands behind the list of poll and ppoll. */
static __always_inline void put_poll_tail(struct scratch *s)
{
	u32 mask = 0;

	if (s->type == PPME_SYSCALL_POLL_X || s->type == PPME_SYSCALL_POLL_E) {
		put_int(s, s->args[2]);
		return;
	}
	/* No pointer means to wait for ever, which a relative time writes as all ones. */
	if (!s->args[2])
		put_u64(s, (u64)-1);
	else if (s->type == PPME_SYSCALL_PPOLL_X && s->has_saved)
		put_u64(s, s->saved[0]);
	else
		put_u64(s, user_timespec(s->args[2], s->compat));
	if (s->args[3])
		read_user(&mask, sizeof(mask), (void *)s->args[3]);
	put_u32(s, mask);
}

#if !defined(SYSCOPE_SMALL_PROGRAMS)
/* u16 count, then so many entries */
static __always_inline void put_poll_list(struct scratch *s, u64 list, u32 count, bool asked)
{
	u32 start = s->data_at;
	u32 at = start + 2;
	u32 i;

	UNROLL
	for (i = 0; i < POLL_LIST; i++) {
		if (i >= count || !put_poll_entry(s, list, i, at, asked))
			break;
		at += 10;
	}
	*(u16 *)EVENT_AT(s, start) = i;
	param_end(s, at - start);
}

PROGRAM(exit_poll)
{
	struct scratch *s = scratch_get();

	if (!s)
		return 0;
	event_begin(s);
	put_u64(s, s->ret);
	put_poll_list(s, s->args[0], s->args[1], false);
	put_poll_tail(s);
	event_end(ctx, s);
	return 0;
}
#endif

#endif
