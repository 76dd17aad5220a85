/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Sockets: addresses, tuples, data of send and receive calls, options. */
#ifndef SYSCOPE_CALLS_NETWORK_H
#define SYSCOPE_CALLS_NETWORK_H

#include "calls_files.h"
#include "flags.h"
#include "tables.h"
#include "task.h"
#include "vectors.h"

#define SYSCOPE_AF_UNIX 1
#define SYSCOPE_AF_INET 2
#define SYSCOPE_AF_INET6 10
#define SYSCOPE_EINPROGRESS 115
#define SYSCOPE_UNIX_PATH_MAX 108

static __always_inline u16 host_port(u16 port)
{
	return __builtin_bswap16(port);
}

/* Text of a unix address at data_at + offset, its NUL included; an abstract name is given without its leading NUL. */
static __always_inline u32 write_unix_path(struct scratch *s, u32 offset, u64 path, u64 length, bool kernel)
{
	u8 *to = EVENT_AT(s, s->data_at + offset);
	u64 size = length < SYSCOPE_UNIX_PATH_MAX ? length + 1 : SYSCOPE_UNIX_PATH_MAX + 1;
	u8 first = 0;
	long n = 0;

	if (length) {
		if (kernel)
			read_kernel(&first, 1, (void *)path);
		else
			read_user(&first, 1, (void *)path);
		if (!first) {
			path++;
			size--;
		}
		size = BOUND(size, 0x7f);
		if (kernel)
			n = read_kernel_text(to, size, (void *)path);
		else
			n = read_user_text(to, size, (void *)path);
	}
	if (n <= 0) {
		*to = 0;
		n = 1;
	}
	return n;
}

/* SOCKADDR of an address in user memory. */
STATIC_SUBPROGRAM int put_sockaddr(struct scratch *s, u64 pointer, u64 length)
{
	u8 *to = EVENT_AT(s, s->data_at);
	u16 family = 0, port = 0;

	length = BOUND(length, 0xfff);
	if (!pointer || length < 2 || read_user(&family, 2, (void *)pointer)) {
		put_empty(s);
		return 0;
	}
	*to = family;
	switch (family) {
	case SYSCOPE_AF_INET:
		read_user(&port, 2, (void *)(pointer + 2));
		read_user(to + 1, 4, (void *)(pointer + 4));
		*(u16 *)(to + 5) = host_port(port);
		param_end(s, 7);
		break;
	case SYSCOPE_AF_INET6:
		read_user(&port, 2, (void *)(pointer + 2));
		read_user(to + 1, 16, (void *)(pointer + 8));
		*(u16 *)(to + 17) = host_port(port);
		param_end(s, 19);
		break;
	case SYSCOPE_AF_UNIX:
		param_end(s, 1 + write_unix_path(s, 1, pointer + 2, length - 2, false));
		break;
	default:
		param_end(s, 1);
		break;
	}
	return 0;
}

static __always_inline struct sock *descriptor_sock(s64 fd)
{
	struct socket *socket = file_socket(task_file(this_task(), fd));

	return socket ? READ(socket, sk) : NULL;
}

/*
 * SOCKTUPLE as the kernel's socket has it: from the caller to its peer, or the other way round for what it receives. A
 * socket without a peer takes the address that the call has named.
 */
STATIC_SUBPROGRAM int put_tuple(struct scratch *s, s64 fd, u32 inbound, u64 address)
{
	struct sock *sk = descriptor_sock(fd);
	struct inet_sock *inet = (void *)sk;
	u8 *to = EVENT_AT(s, s->data_at);
	u8 *local, *remote;
	u16 family, port;

	if (!sk) {
		put_empty(s);
		return 0;
	}
	family = READ(sk, __sk_common.skc_family);
	*to = family;
	if (family == SYSCOPE_AF_INET) {
		u32 peer = READ(sk, __sk_common.skc_daddr);

		local = inbound ? to + 7 : to + 1;
		remote = inbound ? to + 1 : to + 7;
		*(u32 *)local = READ(inet, inet_saddr);
		*(u16 *)(local + 4) = host_port(READ(inet, inet_sport));
		port = READ(sk, __sk_common.skc_dport);
		if (!port && address) {
			read_user(&port, 2, (void *)(address + 2));
			read_user(&peer, 4, (void *)(address + 4));
		}
		*(u32 *)remote = peer;
		*(u16 *)(remote + 4) = host_port(port);
		param_end(s, 13);
	} else if (family == SYSCOPE_AF_INET6) {
		local = inbound ? to + 19 : to + 1;
		remote = inbound ? to + 1 : to + 19;
		read_kernel(local, 16, socket_ip6_local(sk));
		*(u16 *)(local + 16) = host_port(READ(inet, inet_sport));
		port = READ(sk, __sk_common.skc_dport);
		if (!port && address) {
			read_user(&port, 2, (void *)(address + 2));
			read_user(remote, 16, (void *)(address + 8));
		} else {
			read_kernel(remote, 16, socket_ip6_peer(sk));
		}
		*(u16 *)(remote + 16) = host_port(port);
		param_end(s, 37);
	} else if (family == SYSCOPE_AF_UNIX) {
		struct unix_sock *own = (void *)sk;
		struct unix_sock *peer = (void *)READ(own, peer);
		/* The name of the receiving end, or else of the other one: mostly only the server's end has a name. */
		struct unix_address *name = READ(inbound ? own : peer, addr);
		u64 path = 0, length = 0;

		*(u64 *)(to + 1) = (u64)(inbound ? peer : own);
		*(u64 *)(to + 9) = (u64)(inbound ? own : peer);
		if (!name && !address)
			name = READ(inbound ? peer : own, addr);
		if (name) {
			length = READ(name, len) - 2;
			path = (u64)name + OFFSET_OF(struct unix_address, name) +
			       OFFSET_OF(struct sockaddr_un, sun_path);
		}
		if (!name && !inbound && address)
			param_end(s, 17 + write_unix_path(s, 17, address + 2, SYSCOPE_UNIX_PATH_MAX, false));
		else
			param_end(s, 17 + write_unix_path(s, 17, path, length, true));
	} else {
		put_empty(s);
	}
	return 0;
}

PROGRAM(exit_socket)
{
	struct scratch *s = scratch_get();
	u32 type, queued = 0, limit = 0;
	struct sock *listener;

	if (!s)
		return 0;
	type = s->type;
	event_begin(s);
	put_u64(s, s->ret);
	if (type == PPME_SOCKET_BIND_X) {
		put_sockaddr(s, s->args[1], s->args[2]);
		put_int(s, s->args[0]);
	} else if (type == PPME_SOCKET_CONNECT_X) {
		if (s->ret == 0 || s->ret == -SYSCOPE_EINPROGRESS)
			put_tuple(s, (s32)s->args[0], 0, s->args[1]);
		else
			put_empty(s);
		put_int(s, s->args[0]);
		put_sockaddr(s, s->args[1], s->args[2]);
	} else {
		if (s->ret >= 0) {
			put_tuple(s, s->ret, 1, 0);
			listener = descriptor_sock((s32)s->args[0]);
			if (listener) {
				queued = READ(listener, sk_ack_backlog);
				limit = READ(listener, sk_max_ack_backlog);
			}
		} else {
			put_empty(s);
		}
		put_u8(s, limit ? (u64)queued * 100 / limit : 0);
		put_u32(s, queued);
		put_u32(s, limit);
		if (type == PPME_SOCKET_ACCEPT4_6_X)
			put_u32(s, convert_fd_flags(s->args[3]));
	}
	event_end(ctx, s);
	return 0;
}

PROGRAM(exit_send)
{
	struct scratch *s = scratch_get();
	u32 type, receives;
	u64 size;

	if (!s)
		return 0;
	type = s->type;
	receives = type == PPME_SOCKET_RECV_X || type == PPME_SOCKET_RECVFROM_X;
	event_begin(s);
	put_u64(s, s->ret);
	size = s->ret > 0 ? s->ret : receives ? 0 : s->args[2];
	put_bytes(s, s->args[1], size < s->snaplen ? size : s->snaplen);
	if (type != PPME_SOCKET_RECVFROM_X) {
		put_int(s, s->args[0]);
		put_u32(s, s->args[2]);
	}
	if (s->ret >= 0)
		put_tuple(s, (s32)s->args[0], receives,
			  type == PPME_SOCKET_SENDTO_X || type == PPME_SOCKET_RECVFROM_X ? s->args[4] : 0);
	else
		put_empty(s);
	if (type == PPME_SOCKET_RECVFROM_X) {
		put_int(s, s->args[0]);
		put_u32(s, s->args[2]);
	}
	event_end(ctx, s);
	return 0;
}

#define CONTROL_MAX 4096
#define SYSCOPE_SOL_SOCKET 1
#define MESSAGES_MAX 8

static __always_inline bool message_get(struct message *m, u64 pointer, bool compat)
{
	if (compat) {
		u32 old[6];

		if (read_user(old, sizeof(old), (void *)pointer))
			return false;
		m->name = old[0];
		m->name_length = old[1];
		m->vector = old[2];
		m->count = old[3];
		m->control = old[4];
		m->control_length = old[5];
		return true;
	}
	return !read_user(m, sizeof(*m), (void *)pointer);
}

static __always_inline bool many_messages(u32 type)
{
	return type == PPME_SOCKET_SENDMMSG_X || type == PPME_SOCKET_RECVMMSG_X;
}

/*
 * One event about the message at pointer, which moved length bytes; a negative length means a failed call. It is written
 * in three steps that share nothing but the scratch space: the verifier then walks through the pieces of a message once
 * and not once for each way that leads there.
 */
SUBPROGRAM int message_head(u64 pointer, s64 length)
{
	struct scratch *s = scratch_get();
	u32 type;

	if (!s)
		return 0;
	type = s->type;
	__builtin_memset(&s->message, 0, sizeof(s->message));
	s->message_length = length;
	event_begin(s);
	put_u64(s, s->ret);
	if (many_messages(type))
		put_int(s, s->args[0]);
	if (type != PPME_SOCKET_SENDMSG_X)
		put_u32(s, length > 0 ? length : 0);
	if (pointer && !message_get(&s->message, pointer, s->compat))
		count_unreadable(s);
	s->vector_limit = length > 0 ? length : type == PPME_SOCKET_SENDMSG_X ? SYSCOPE_SNAPLEN_MAX : 0;
	s->vector_count = s->vector_limit ? s->message.count : 0;
	s->vector_list = s->message.vector;
	return 0;
}

SUBPROGRAM int message_tail(void)
{
	struct scratch *s = scratch_get();
	bool receives;
	u64 size = 0;
	u32 type;

	if (!s)
		return 0;
	type = s->type;
	receives = type == PPME_SOCKET_RECVMSG_X || type == PPME_SOCKET_RECVMMSG_X;
	if (type == PPME_SOCKET_SENDMSG_X) {
		put_int(s, s->args[0]);
		put_u32(s, s->vector_total);
	}
	if (s->message_length >= 0)
		put_tuple(s, (s32)s->args[0], receives, s->message.name);
	else
		put_empty(s);
	if (receives) {
		if (s->message_length >= 0 && s->message.control)
			size = s->message.control_length;
		put_bytes(s, s->message.control, size < CONTROL_MAX ? size : CONTROL_MAX);
		if (type == PPME_SOCKET_RECVMSG_X)
			put_int(s, s->args[0]);
	}
	return 0;
}

#if !defined(SYSCOPE_SMALL_PROGRAMS)
#define CONTROLS_MAX 4
#define RECEIVED_ROOM 0x8000	/* no further fd is told of when those before it have taken so many bytes */
#define SYSCOPE_SCM_RIGHTS 1
#define SYSCOPE_MSG_CMSG_CLOEXEC 0x40000000
#define SYSCOPE_ANON_INODE_MAGIC 0x09041934

/* Adds what an fd is open on to the option that begins at this place behind the event. */
SUBPROGRAM int put_received(s32 fd, u32 start)
{
	struct scratch *s = scratch_get();
	struct syscope_received *entry;
	struct inode *inode;
	struct file *file;
	u64 flags;
	u32 at;
	u16 first;

	if (!s)
		return 0;
	at = s->data_at;
	file = task_file(this_task(), fd);
	if (!file || at - start > RECEIVED_ROOM || room(s) < 2 * SYSCOPE_PATH_MAX)
		return 0;
	flags = s->type == PPME_SOCKET_RECVMSG_X ? s->args[2] : s->args[3];
	inode = READ(file, f_inode);
	entry = (void *)EVENT_AT(s, at);
	entry->fd = fd;
	entry->flags = convert_open(READ(file, f_flags) | (flags & SYSCOPE_MSG_CMSG_CLOEXEC ? SYSCOPE_O_CLOEXEC : 0));
	entry->ino = READ(inode, i_ino);
	entry->dev = encode_dev(READ(inode, i_sb, s_dev));
	entry->mode = READ(inode, i_sb, s_magic) == SYSCOPE_ANON_INODE_MAGIC ? 0 : READ(inode, i_mode);
	/* The writers put the length of what they write where the event has that of its first parameter. */
	first = *(u16 *)(s->event + HEADER_SIZE);
	s->len_at = HEADER_SIZE;
	s->data_at = at + SYSCOPE_RECEIVED_HEAD;
	if ((entry->mode & 0170000) == 0140000) {
		struct sock *sk = descriptor_sock(fd);

		if (sk)
			entry->dev = READ_BITS(sk, sk_type) | READ(sk, __sk_common.skc_state) << 8 |
				     (u32)READ_BITS(sk, sk_protocol) << 16;
		put_tuple(s, fd, 0, 0);
	} else {
		put_file_path(s, file);
	}
	entry->length = *(u16 *)(s->event + HEADER_SIZE);
	*(u16 *)(s->event + HEADER_SIZE) = first;
	return 0;
}

/* Appends what the fds are open on that came with the message. Returns 0, and leaves all as it is, if none came. */
SUBPROGRAM int put_rights(void)
{
	struct scratch *s = scratch_get();
	u32 start, length, head, i, j;
	u64 at, left;

	if (!s)
		return 0;
	length = s->data_at;
	at = s->message.control;
	left = s->message.control_length;
	head = s->compat ? 12 : 16;
	start = (length + 3) & ~3;
	s->data_at = start + 4;
	UNROLL
	for (i = 0; i < CONTROLS_MAX; i++) {
		u32 wide[4] = {0}, narrow[3] = {0};	/* struct cmsghdr: length, level, type */
		u64 size;

		if (left < head)
			break;
		if (s->compat ? read_user(narrow, 12, (void *)at) : read_user(wide, 16, (void *)at))
			break;
		size = wide[0] | narrow[0];
		if (size < head || size > left)
			break;
		if ((wide[2] | narrow[1]) == SYSCOPE_SOL_SOCKET && (wide[3] | narrow[2]) == SYSCOPE_SCM_RIGHTS) {
			UNROLL
			for (j = 0; j < SYSCOPE_RECEIVED_MAX; j++) {
				s32 fd;

				if (head + 4 * j + 4 > size || read_user(&fd, 4, (void *)(at + head + 4 * j)))
					break;
				put_received(fd, start);
			}
		}
		size = s->compat ? (size + 3) & ~3 : (size + 7) & ~7;
		if (size > left)
			break;
		at += size;
		left -= size;
	}
	if (s->data_at == start + 4) {
		s->data_at = length;
		return 0;
	}
	*(u16 *)EVENT_AT(s, start) = SYSCOPE_TAG_RECEIVED;
	*(u16 *)EVENT_AT(s, start + 2) = s->data_at - start - 4;
	return 1;
}

/* Sends the event of a message, with what the fds are open on that came with it. */
static __always_inline void message_end(ctx_t ctx, struct scratch *s)
{
	bool receives = s->type == PPME_SOCKET_RECVMSG_X || s->type == PPME_SOCKET_RECVMMSG_X;
	struct syscope_settings *set = settings_get();
	u32 length = s->data_at;
	u64 at;

	if (!set || !receives || s->message_length < 0 || !s->message.control || s->message.control_length < 16 ||
	    length >= EVENT_MOST || !put_rights()) {
		event_end(ctx, s);
		return;
	}
	header(s->event, s->ts, s->tid, length, s->type);
	at = put_latency(s, s->data_at);
	emit(ctx, set, s, at);
}

PROGRAM(exit_message)
{
	struct scratch *s = scratch_get();
	u32 i;

	if (!s)
		return 0;
	/* sendmmsg and recvmmsg make one event for each of their messages, up to a limit. */
	UNROLL
	for (i = 0; i < MESSAGES_MAX; i++) {
		bool many = many_messages(s->type);
		u64 pointer = s->args[1];
		s64 length = s->ret;
		u32 moved = 0;

		if (many && s->ret > 0) {
			pointer += i * (s->compat ? 32 : 64);
			read_user(&moved, sizeof(moved), (void *)(pointer + (s->compat ? 28 : 56)));
			length = moved;
		} else if (many) {
			pointer = 0;
			length = -1;
		}
		message_head(pointer, length);
		put_vector();
		message_tail();
		message_end(ctx, s);
		if (!many_messages(s->type) || i + 1 >= s->ret)
			break;
	}
	return 0;
}
#endif

#define SYSCOPE_SOL_TCP 6
#define SYSCOPE_SO_ERROR 4
#define SYSCOPE_SO_LINGER 13
#define SYSCOPE_SO_PEERCRED 17
#define SYSCOPE_SO_RCVTIMEO_OLD 20
#define SYSCOPE_SO_SNDTIMEO_OLD 21
#define SYSCOPE_SO_BINDTODEVICE 25
#define SYSCOPE_SO_ATTACH_FILTER 26
#define SYSCOPE_SO_PEERNAME 28
#define SYSCOPE_SO_PEERSEC 31
#define SYSCOPE_SO_INCOMING_CPU 49
#define SYSCOPE_SO_COOKIE 57
#define SYSCOPE_SO_RCVTIMEO_NEW 66
#define SYSCOPE_SO_SNDTIMEO_NEW 67

enum { DYN_BYTES, DYN_ERRNO, DYN_UINT32, DYN_UINT64, DYN_RELTIME };

static __always_inline u32 option_type(u32 level, u32 option)
{
	if (level != SYSCOPE_SOL_SOCKET)
		return DYN_BYTES;
	switch (option) {
	case SYSCOPE_SO_ERROR:
		return DYN_ERRNO;
	case SYSCOPE_SO_RCVTIMEO_OLD:
	case SYSCOPE_SO_SNDTIMEO_OLD:
	case SYSCOPE_SO_RCVTIMEO_NEW:
	case SYSCOPE_SO_SNDTIMEO_NEW:
		return DYN_RELTIME;
	case SYSCOPE_SO_COOKIE:
		return DYN_UINT64;
	case SYSCOPE_SO_LINGER:
	case SYSCOPE_SO_PEERCRED:
	case SYSCOPE_SO_BINDTODEVICE:
	case SYSCOPE_SO_ATTACH_FILTER:
	case SYSCOPE_SO_PEERNAME:
	case SYSCOPE_SO_PEERSEC:
		return DYN_BYTES;
	default:
		return option <= SYSCOPE_SO_INCOMING_CPU ? DYN_UINT32 : DYN_BYTES;
	}
}

static __always_inline void put_option(struct scratch *s, u32 type, u64 pointer, u64 length, bool old_timeval)
{
	u8 *to = EVENT_AT(s, s->data_at);
	u64 size = 0, words[2] = {0, 0};
	s32 number = 0;

	*to = type;
	switch (type) {
	case DYN_ERRNO:
		read_user(&number, 4, (void *)pointer);
		*(s64 *)(to + 1) = -(s64)number;
		size = 8;
		break;
	case DYN_UINT32:
		read_user(&number, 4, (void *)pointer);
		*(s32 *)(to + 1) = number;
		size = 4;
		break;
	case DYN_UINT64:
		read_user(words, 8, (void *)pointer);
		*(u64 *)(to + 1) = words[0];
		size = 8;
		break;
	case DYN_RELTIME:
		if (s->compat && old_timeval) {
			u32 old[2] = {0, 0};

			read_user(old, sizeof(old), (void *)pointer);
			words[0] = old[0];
			words[1] = old[1];
		} else {
			read_user(words, 16, (void *)pointer);
		}
		*(u64 *)(to + 1) = words[0] * 1000000000 + words[1] * 1000;
		size = 8;
		break;
	default:
		size = clip(s, length < s->snaplen ? length : s->snaplen);
		if (size && read_user(to + 1, size, (void *)pointer)) {
			count_unreadable(s);
			size = 0;
		}
		break;
	}
	param_end(s, 1 + size);
}

PROGRAM(exit_sockopt)
{
	struct scratch *s = scratch_get();
	u32 level, option, length, known = 0;

	if (!s)
		return 0;
	level = s->args[1];
	option = s->args[2];
	length = s->args[4];
	if (s->type == PPME_SOCKET_GETSOCKOPT_X) {
		length = 0;
		read_user(&length, sizeof(length), (void *)s->args[4]);
	}
	event_begin(s);
	put_u64(s, s->ret);
	put_int(s, s->args[0]);
	put_u8(s, level == SYSCOPE_SOL_SOCKET ? PPM_SOCKOPT_LEVELS_SOL_SOCKET :
		  level == SYSCOPE_SOL_TCP ? PPM_SOCKOPT_LEVELS_SOL_TCP : PPM_SOCKOPT_LEVELS_UNKNOWN);
	if (level == SYSCOPE_SOL_SOCKET)
		known = convert_socket_option(option);
	put_u8(s, known);
	if (s->type == PPME_SOCKET_GETSOCKOPT_X && s->ret < 0)
		put_option(s, DYN_BYTES, 0, 0, false);
	else
		put_option(s, option_type(level, option), s->args[3], length, option <= SYSCOPE_SO_SNDTIMEO_OLD);
	put_u32(s, length);
	event_end(ctx, s);
	return 0;
}

#endif
