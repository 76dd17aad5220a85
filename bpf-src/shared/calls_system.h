/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Calls with structures of their own: limits, semaphores, capabilities, prctl, ptrace, keys, mounts, io_uring, quotas. */
#ifndef SYSCOPE_CALLS_SYSTEM_H
#define SYSCOPE_CALLS_SYSTEM_H

#include "calls_files.h"
#include "flags.h"
#include "tables.h"
#include "task.h"

/* cur and max of a struct rlimit in user memory, -1 for both without one. */
static __always_inline void put_limits(struct scratch *s, u64 pointer, bool wide)
{
	s64 limits[2] = {-1, -1};

	if (pointer && s->compat && !wide) {
		u32 old[2];

		if (!read_user(old, sizeof(old), (void *)pointer)) {
			limits[0] = old[0] == (u32)-1 ? -1 : (s64)old[0];
			limits[1] = old[1] == (u32)-1 ? -1 : (s64)old[1];
		}
	} else if (pointer && read_user(limits, sizeof(limits), (void *)pointer)) {
		limits[0] = -1;
		limits[1] = -1;
		count_unreadable(s);
	}
	put_u64(s, limits[0]);
	put_u64(s, limits[1]);
}

#define SYSCOPE_SETVAL 16

static __always_inline void put_semaphores(struct scratch *s)
{
	u16 operations[6] = {0};	/* struct sembuf twice: number, operation, flags */
	u32 count = s->args[2];

	if (s->ret == 0 && count)
		read_user(operations, count > 1 ? 12 : 6, (void *)s->args[1]);
	put_u32(s, count);
	put_u16(s, operations[0]);
	put_u16(s, operations[1]);
	put_u16(s, convert_semop(operations[2]));
	put_u16(s, operations[3]);
	put_u16(s, operations[4]);
	put_u16(s, convert_semop(operations[5]));
	put_u32(s, s->args[0]);
}

PROGRAM(exit_limits)
{
	struct scratch *s = scratch_get();
	struct task_struct *task = this_task();
	const struct cred *cred;
	u32 option;
	s32 value = 0;

	if (!s)
		return 0;
	event_begin(s);
	put_u64(s, s->ret);
	switch (s->type) {
	case PPME_SYSCALL_GETRLIMIT_X:
		put_limits(s, s->ret == 0 ? s->args[1] : 0, false);
		put_u8(s, convert_rlimit(s->args[0]));
		break;
	case PPME_SYSCALL_SETRLIMIT_X:
		put_limits(s, s->args[1], false);
		put_u8(s, convert_rlimit(s->args[0]));
		break;
	case PPME_SYSCALL_PRLIMIT_X:
		put_limits(s, s->args[2], true);
		put_limits(s, s->ret == 0 ? s->args[3] : 0, true);
		put_int(s, s->args[0]);
		put_u8(s, convert_rlimit(s->args[1]));
		break;
	case PPME_SYSCALL_SEMOP_X:
		put_semaphores(s);
		break;
	case PPME_SYSCALL_SEMCTL_X:
		put_u32(s, s->args[0]);
		put_u32(s, s->args[1]);
		put_u16(s, convert_semctl(s->args[2]));
		put_u32(s, ((u32)s->args[2] & ~0x100U) == SYSCOPE_SETVAL ? s->args[3] : 0);
		break;
	case PPME_SYSCALL_CAPSET_X:
		cred = READ(task, cred);
		put_u64(s, capability((u8 *)cred + OFFSET_OF(struct cred, cap_inheritable)));
		put_u64(s, capability((u8 *)cred + OFFSET_OF(struct cred, cap_permitted)));
		put_u64(s, capability((u8 *)cred + OFFSET_OF(struct cred, cap_effective)));
		break;
	case PPME_SYSCALL_PRCTL_X:
		option = s->args[0];
		put_u32(s, option);
		if (option == PPM_PRCTL_OPTIONS_PR_SET_NAME || option == PPM_PRCTL_OPTIONS_PR_GET_NAME) {
			put_text(s, s->args[1]);
			put_u64(s, 0);
		} else if (option == PPM_PRCTL_OPTIONS_PR_GET_CHILD_SUBREAPER) {
			put_empty(s);
			read_user(&value, sizeof(value), (void *)s->args[1]);
			put_u64(s, (s64)value);
		} else {
			put_empty(s);
			put_u64(s, s->args[1]);
		}
		break;
	}
	event_end(ctx, s);
	return 0;
}

enum { DYN_PTRACE_UINT64, DYN_PTRACE_SIGNAL };

static __always_inline void put_dynamic_u64(struct scratch *s, u8 index, u64 v)
{
	u8 *to = EVENT_AT(s, s->data_at);

	*to = index;
	*(u64 *)(to + 1) = v;
	param_end(s, 9);
}

static __always_inline void put_ptrace(struct scratch *s)
{
	u32 request = convert_ptrace_request(s->args[0]);
	u64 data = s->args[3];

	put_dynamic_u64(s, DYN_PTRACE_UINT64, s->ret < 0 ? 0 : s->args[2]);
	if (s->ret < 0) {
		put_dynamic_u64(s, DYN_PTRACE_UINT64, 0);
	} else if (request == PPM_PTRACE_REQUESTS_PTRACE_CONT || request == PPM_PTRACE_REQUESTS_PTRACE_SINGLESTEP ||
		   request == PPM_PTRACE_REQUESTS_PTRACE_DETACH || request == PPM_PTRACE_REQUESTS_PTRACE_SYSCALL) {
		u8 *to = EVENT_AT(s, s->data_at);

		to[0] = DYN_PTRACE_SIGNAL;
		to[1] = data;
		param_end(s, 2);
	} else {
		if (request == PPM_PTRACE_REQUESTS_PTRACE_PEEKTEXT ||
		    request == PPM_PTRACE_REQUESTS_PTRACE_PEEKDATA || request == PPM_PTRACE_REQUESTS_PTRACE_PEEKUSR) {
			u64 word = 0;

			/* What was read lies where data points to. */
			read_user(&word, sizeof(word), (void *)data);
			data = word;
		}
		put_dynamic_u64(s, DYN_PTRACE_UINT64, data);
	}
	put_u16(s, request);
	put_int(s, s->args[1]);
}

static __always_inline void put_fsconfig(struct scratch *s)
{
	u32 command = s->args[1];
	u64 size = s->args[4];

	put_int(s, s->args[0]);
	put_u32(s, command);
	put_text(s, s->args[2]);
	if (s->ret >= 0 && command == PPM_FSCONFIG_CMDS_FSCONFIG_SET_BINARY) {
		put_bytes(s, s->args[3], size < s->snaplen ? size : s->snaplen);
		put_empty(s);
	} else {
		put_empty(s);
		if (s->ret >= 0 && (command == PPM_FSCONFIG_CMDS_FSCONFIG_SET_STRING ||
				    command == PPM_FSCONFIG_CMDS_FSCONFIG_SET_PATH ||
				    command == PPM_FSCONFIG_CMDS_FSCONFIG_SET_PATH_EMPTY))
			put_text(s, s->args[3]);
		else
			put_empty(s);
	}
	put_u32(s, s->args[4]);
}

static __always_inline void put_io_uring_setup(struct scratch *s)
{
	u32 params[6] = {0};	/* struct io_uring_params: sq, cq entries, flags, thread's cpu and idle, features */

	if (read_user(params, sizeof(params), (void *)s->args[1]))
		count_unreadable(s);
	put_u32(s, s->args[0]);
	put_u32(s, params[0]);
	put_u32(s, params[1]);
	put_u32(s, convert_io_uring_setup(params[2]));
	put_u32(s, params[3]);
	put_u32(s, params[4]);
	put_u32(s, params[5] & 0x7ff);
}

enum { DYN_KEYCTL_INT64, DYN_KEYCTL_TEXT };

/* Arguments of a keyctl operation after the operation itself: how many, and which are texts. */
struct key_operation {
	u8 count;
	u8 texts;
};

#define KEY(name, count, texts) [PPM_KEYCTL_OPERATIONS_KEYCTL_##name] = {count, texts}

TABLE(struct key_operation, key_operations, 64) {
	KEY(GET_KEYRING_ID, 2, 0),
	KEY(JOIN_SESSION_KEYRING, 1, 1),
	KEY(UPDATE, 3, 0),
	KEY(REVOKE, 1, 0),
	KEY(CHOWN, 3, 0),
	KEY(SETPERM, 2, 0),
	KEY(DESCRIBE, 3, 0),
	KEY(CLEAR, 1, 0),
	KEY(LINK, 2, 0),
	KEY(UNLINK, 2, 0),
	KEY(SEARCH, 4, 6),
	KEY(READ, 3, 0),
	KEY(INSTANTIATE, 4, 0),
	KEY(NEGATE, 3, 0),
	KEY(SET_REQKEY_KEYRING, 1, 0),
	KEY(SET_TIMEOUT, 2, 0),
	KEY(ASSUME_AUTHORITY, 1, 0),
	KEY(GET_SECURITY, 3, 0),
	KEY(REJECT, 4, 0),
	KEY(INSTANTIATE_IOV, 4, 0),
	KEY(INVALIDATE, 1, 0),
	KEY(GET_PERSISTENT, 2, 0),
	KEY(DH_COMPUTE, 4, 0),
	KEY(PKEY_QUERY, 3, 4),
	KEY(PKEY_ENCRYPT, 4, 2),
	KEY(PKEY_DECRYPT, 4, 2),
	KEY(PKEY_SIGN, 4, 2),
	KEY(PKEY_VERIFY, 4, 2),
	KEY(RESTRICT_KEYRING, 3, 6),
	KEY(MOVE, 4, 0),
	KEY(CAPABILITIES, 2, 0),
	KEY(WATCH_KEY, 3, 0),
};

static __always_inline void put_keyctl(struct scratch *s)
{
	u32 operation = s->args[0];
	const struct key_operation *known = TABLE_ROW(key_operations, BOUND(operation < 64 ? operation : 63, 63));
	u32 i;

	if (!known)
		return;
	put_u32(s, operation);
	UNROLL
	for (i = 0; i < 4; i++) {
		u64 v = s->args[(i + 1) & 7];

		if (known->texts & (1 << i)) {
			u8 *to = EVENT_AT(s, s->data_at);
			long n = read_user_text(to + 1, SYSCOPE_PATH_MAX, (void *)v);

			*to = DYN_KEYCTL_TEXT;
			param_end(s, 1 + (n > 0 ? n : 0));
		} else {
			put_dynamic_u64(s, DYN_KEYCTL_INT64, i < known->count ? v : 0);
		}
	}
}

PROGRAM(exit_control)
{
	struct scratch *s = scratch_get();

	if (!s)
		return 0;
	event_begin(s);
	put_u64(s, s->ret);
	switch (s->type) {
	case PPME_SYSCALL_PTRACE_X:
		put_ptrace(s);
		break;
	case PPME_SYSCALL_FSCONFIG_X:
		put_fsconfig(s);
		break;
	case PPME_SYSCALL_IO_URING_SETUP_X:
		put_io_uring_setup(s);
		break;
	case PPME_SYSCALL_KEYCTL_X:
		put_keyctl(s);
		break;
	}
	event_end(ctx, s);
	return 0;
}

/* struct if_dqblk and its dqb_valid */
struct quota_block {
	u64 hard_blocks, soft_blocks, space, hard_inodes, soft_inodes, inodes, block_time, inode_time;
	u32 valid;
};
#define QUOTA_BLOCK_LIMITS 1
#define QUOTA_SPACE 2
#define QUOTA_INODE_LIMITS 4
#define QUOTA_BLOCK_TIME 16
#define QUOTA_INODE_TIME 32

/* struct if_dqinfo and its dqi_valid */
struct quota_grace {
	u64 block_grace, inode_grace;
	u32 flags, valid;
};
#define QUOTA_BLOCK_GRACE 1
#define QUOTA_INODE_GRACE 2
#define QUOTA_FLAGS 4

PROGRAM(exit_quota)
{
	struct scratch *s = scratch_get();
	struct quota_block block = {0};
	struct quota_grace info = {0};
	u32 command, format = 0, quota_format;
	bool of_id;

	if (!s)
		return 0;
	command = convert_quota_command(s->args[0]);
	event_begin(s);
	put_u64(s, s->ret);
	put_text(s, s->args[1]);
	put_text(s, command == PPM_QUOTACTL_CMDS_Q_QUOTAON ? s->args[3] : 0);
	if (command == PPM_QUOTACTL_CMDS_Q_GETQUOTA || command == PPM_QUOTACTL_CMDS_Q_SETQUOTA)
		read_user(&block, 68, (void *)s->args[3]);
	put_u64(s, block.valid & QUOTA_BLOCK_LIMITS ? block.hard_blocks : 0);
	put_u64(s, block.valid & QUOTA_BLOCK_LIMITS ? block.soft_blocks : 0);
	put_u64(s, block.valid & QUOTA_SPACE ? block.space : 0);
	put_u64(s, block.valid & QUOTA_INODE_LIMITS ? block.hard_inodes : 0);
	put_u64(s, block.valid & QUOTA_INODE_LIMITS ? block.soft_inodes : 0);
	put_u64(s, block.valid & QUOTA_BLOCK_TIME ? block.block_time : 0);
	put_u64(s, block.valid & QUOTA_INODE_TIME ? block.inode_time : 0);
	if (command == PPM_QUOTACTL_CMDS_Q_GETINFO || command == PPM_QUOTACTL_CMDS_Q_SETINFO)
		read_user(&info, sizeof(info), (void *)s->args[3]);
	put_u64(s, info.valid & QUOTA_BLOCK_GRACE ? info.block_grace : 0);
	put_u64(s, info.valid & QUOTA_INODE_GRACE ? info.inode_grace : 0);
	put_u8(s, info.valid & QUOTA_FLAGS ? info.flags : 0);
	if (command == PPM_QUOTACTL_CMDS_Q_GETFMT)
		read_user(&format, sizeof(format), (void *)s->args[3]);
	put_u8(s, convert_quota_format(format));
	put_u16(s, command);
	put_u8(s, convert_quota_type(s->args[0]));
	of_id = command == PPM_QUOTACTL_CMDS_Q_GETQUOTA || command == PPM_QUOTACTL_CMDS_Q_SETQUOTA ||
		command == PPM_QUOTACTL_CMDS_Q_XGETQUOTA || command == PPM_QUOTACTL_CMDS_Q_XSETQLIM;
	put_u32(s, of_id ? s->args[2] : 0);
	quota_format = command == PPM_QUOTACTL_CMDS_Q_QUOTAON ? s->args[2] : 0;
	put_u8(s, convert_quota_format(quota_format));
	event_end(ctx, s);
	return 0;
}

#endif
