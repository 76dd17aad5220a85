/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Processes: the clone family, exec (failed ones at sys_exit, successful ones at their tracepoint), fork. */
#ifndef SYSCOPE_CALLS_PROCESSES_H
#define SYSCOPE_CALLS_PROCESSES_H

#include "calls_files.h"
#include "flags.h"
#include "paths.h"
#include "tables.h"
#include "task.h"

#define ARGS_MAX 4096	/* bytes of arguments or environment that are kept */
#define LIST_TEXTS 128	/* texts of a list that are looked at */

/* A block of texts that end with a NUL each; one is put at the end where the block had to be cut. */
static __always_inline void put_text_block(struct scratch *s, u64 from, u64 length, u64 max)
{
	u32 start = s->data_at;

	put_bytes(s, from, length < max ? length : max);
	if (s->data_at > start)
		*EVENT_AT(s, s->data_at - 1) = 0;
}

/* exe and args: what the new program or the process finds as its arguments. */
SUBPROGRAM int put_exe_args(u64 from)
{
	struct scratch *s = scratch_get();
	struct task_struct *task = (void *)from;
	struct mm_struct *mm = READ(task, mm);
	u64 start, end, length;
	u32 at;

	if (!s)
		return 0;
	if (!mm) {
		put_empty(s);
		put_empty(s);
		return 0;
	}
	start = READ(mm, arg_start);
	end = READ(mm, arg_end);
	at = s->data_at;
	put_text_from(s, start, ARGS_MAX, false);
	length = s->data_at - at;
	put_text_block(s, start + length, end > start + length ? end - start - length : 0,
		       length < ARGS_MAX ? ARGS_MAX - length : 0);
	return 0;
}

/* Adds the text of one place of a list of pointers at this place of the event; returns the place behind it, or 0. */
SUBPROGRAM u32 list_text(u64 place, u32 at)
{
	struct scratch *s = scratch_get();
	u64 pointer = 0;
	long n;

	if (!s || read_user(&pointer, s->compat ? 4 : 8, (void *)place) || !pointer)
		return 0;
	n = read_user_text(EVENT_AT(s, at), ARGS_MAX, (void *)pointer);
	if (n <= 0) {
		count_unreadable(s);
		return 0;
	}
	return at + n;
}

/* The texts from start to at are all of the list. */
static __always_inline void text_list_end(struct scratch *s, u32 start, u32 at)
{
	if (at - start > ARGS_MAX)
		at = start + ARGS_MAX;
	if (at > start)
		*EVENT_AT(s, at - 1) = 0;
	param_end(s, at - start);
}

#if !defined(SYSCOPE_SMALL_PROGRAMS)
/* Texts of a list of pointers that ends with a null pointer, one behind the other. */
SUBPROGRAM int put_text_list(u64 list)
{
	struct scratch *s = scratch_get();
	u32 start, at, i;

	if (!s)
		return 0;
	start = s->data_at;
	at = start;
	UNROLL
	for (i = 0; i < LIST_TEXTS; i++) {
		u32 next = list_text(list + i * (s->compat ? 4 : 8), at);

		if (!next)
			break;
		at = next;
		if (at - start >= ARGS_MAX)
			break;
	}
	text_list_end(s, start, at);
	return 0;
}
#endif

/* tid to comm: what clone and exec events have in common. */
SUBPROGRAM int put_process(u64 from)
{
	struct scratch *s = scratch_get();
	struct task_struct *task = (void *)from;
	struct syscope_settings *set = settings_get();

	if (!s)
		return 0;
	put_u64(s, READ(task, pid));
	put_u64(s, READ(task, tgid));
	put_u64(s, READ(task, real_parent, pid));
	put_empty(s);	/* cwd: the format's readers know it better */
	put_u64(s, READ(task, signal, rlim[7].rlim_cur));
	put_u64(s, READ(task, maj_flt));
	put_u64(s, READ(task, min_flt));
	put_memory(s, task, set ? set->page_shift : 12);
	put_kernel_text(s, (u64)task + OFFSET_OF(struct task_struct, comm), 16);
	return 0;
}

#if !defined(SYSCOPE_SMALL_PROGRAMS)
SUBPROGRAM int put_all_cgroups(u64 from)
{
	struct scratch *s = scratch_get();

	if (s)
		put_cgroups(s, (struct task_struct *)from);
	return 0;
}
#endif

/* flags to pidns_init_start_ts */
static __always_inline void put_clone_tail(struct scratch *s, struct task_struct *task, u32 flags, bool child)
{
	struct pid_namespace *own = task_namespace(task);

	/* A new thread is one, whether the flags could be read or not. */
	if (child && READ(task, pid) != READ(task, tgid))
		flags |= PPM_CLONE_FLAGS_CLONE_THREAD | PPM_CLONE_FLAGS_CLONE_SIGHAND | PPM_CLONE_FLAGS_CLONE_VM;

	if (task_level(task) || children_namespace(task) != own)
		flags |= PPM_CLONE_FLAGS_CLONE_CHILD_IN_PIDNS;
	put_u32(s, flags);
	put_u32(s, READ(task, cred, euid.val));
	put_u32(s, READ(task, cred, egid.val));
	put_u64(s, (s64)task_virtual_id(task, TASK_PID));
	put_u64(s, (s64)task_virtual_id(task, TASK_TGID));
	put_u64(s, child ? task_namespace_start(task) : 0);
}

static __always_inline u64 clone_flags(struct scratch *s)
{
	u64 flags = 0;

	if (s->type == PPME_SYSCALL_CLONE_20_X)
		flags = s->args[0];
	else if (s->type == PPME_SYSCALL_CLONE3_X && s->has_saved)
		flags = s->saved[0];
	else if (s->type == PPME_SYSCALL_CLONE3_X)
		read_user(&flags, sizeof(flags), (void *)s->args[0]);
	else if (s->type == PPME_SYSCALL_VFORK_20_X)
		flags = 0x4100;	/* CLONE_VFORK | CLONE_VM */
	return flags;
}

#if !defined(SYSCOPE_SMALL_PROGRAMS)
PROGRAM(exit_clone)
{
	struct scratch *s = scratch_get();
	struct task_struct *task = this_task();

	if (!s)
		return 0;
#if defined(SYSCOPE_AARCH64)
	if (s->ret == 0)	/* the child's side comes from sched_process_fork on this architecture */
		return 0;
#endif
	event_begin(s);
	put_u64(s, s->ret);
	if (s->ret >= 0) {
		put_exe_args((u64)task);
	} else {
		put_empty(s);
		put_empty(s);
	}
	put_process((u64)task);
	put_all_cgroups((u64)task);
	put_clone_tail(s, task, convert_clone(clone_flags(s)), s->ret == 0);
	event_end(ctx, s);
	return 0;
}
#endif

#define SYSCOPE_CAP_DAC_OVERRIDE (1 << 1)
#define SYSCOPE_CAP_FOWNER (1 << 3)

/* May the task write to the file, now or after a chmod that it may do? */
static __always_inline bool can_write(struct task_struct *task, struct inode *inode)
{
	const struct cred *cred = READ(task, cred);
	u32 uid = READ(inode, i_uid.val);
	u32 gid = READ(inode, i_gid.val);
	u32 fsuid = READ(cred, fsuid.val);
	u16 mode = READ(inode, i_mode);
	struct group_info *groups;
	bool member;
	u32 count, i;

	if (READ(inode, i_sb, s_flags) & 1)	/* SB_RDONLY */
		return false;
	if (READ(inode, i_flags) & 8)		/* S_IMMUTABLE */
		return false;
	if (uid == (u32)-1 || gid == (u32)-1)		/* no mapping into this namespace */
		return false;
	if (uid == fsuid || capability((u8 *)cred + OFFSET_OF(struct cred, cap_effective)) &
				    (SYSCOPE_CAP_DAC_OVERRIDE | SYSCOPE_CAP_FOWNER))
		return true;
	member = gid == READ(cred, fsgid.val);
	groups = READ(cred, group_info);
	count = READ(groups, ngroups);
	UNROLL
	for (i = 0; i < 32; i++) {
		if (i >= BOUND(count, 0x1ffff) || member)	/* seen as a limit of its own, not as one with the loop's */
			break;
		member = group_at(groups, i) == gid;
	}
	return mode & (member ? 020 : 002);
}

static __always_inline bool is_memfd(struct file *file)
{
	struct dentry *dentry = READ(file, f_path.dentry);
	u64 name = 0;

	if (!dentry || READ(dentry, d_parent) != dentry)
		return false;
	read_kernel(&name, 6, READ(dentry, d_name.name));
	return name == 0x3a64666d656dULL;	/* "memfd:" */
}

/* tty to euid: credentials and the file of the program. */
static __always_inline void put_program_head(struct scratch *s, struct task_struct *task)
{
	const struct cred *cred = READ(task, cred);
	struct file *file = READ(task, mm, exe_file);
	struct inode *inode = READ(file, f_inode);
	struct tty_struct *tty = READ(task, signal, tty);
	u64 changed = 0, modified = 0;
	u32 number = 0, flags = 0;

	if (tty)
		number = encode_dev((READ(tty, driver, major) << 20 | READ(tty, driver, minor_start)) +
				    READ(tty, index));
	put_u32(s, number);
	put_u64(s, (s64)task_virtual_id(task, TASK_PGID));
	put_u32(s, task_loginuid(task));
	if (file) {
		enum overlay overlay = file_overlay(file);

		flags = (can_write(task, inode) ? PPM_EXECVE_FLAGS_EXE_WRITABLE : 0) |
			(overlay == OVERLAY_UPPER ? PPM_EXECVE_FLAGS_EXE_UPPER_LAYER : 0) |
			(overlay == OVERLAY_LOWER ? PPM_EXECVE_FLAGS_EXE_LOWER_LAYER : 0) |
			(is_memfd(file) ? PPM_EXECVE_FLAGS_EXE_FROM_MEMFD : 0);
	}
	put_u32(s, flags);
	put_u64(s, capability((u8 *)cred + OFFSET_OF(struct cred, cap_inheritable)));
	put_u64(s, capability((u8 *)cred + OFFSET_OF(struct cred, cap_permitted)));
	put_u64(s, capability((u8 *)cred + OFFSET_OF(struct cred, cap_effective)));
	put_u64(s, READ(inode, i_ino));
	inode_times(inode, &changed, &modified);
	put_u64(s, changed);
	put_u64(s, modified);
	put_u32(s, READ(cred, euid.val));
}

/* pgid and gid, behind the program's path. */
static __always_inline void put_program_tail(struct scratch *s, struct task_struct *task)
{
	put_u64(s, (s64)task_id(task, TASK_PGID));
	put_u32(s, READ(task, cred, egid.val));
}

#if !defined(SYSCOPE_SMALL_PROGRAMS)
SUBPROGRAM int put_program(u64 from)
{
	struct scratch *s = scratch_get();
	struct task_struct *task = (void *)from;

	if (!s)
		return 0;
	put_program_head(s, task);
	put_file_path(s, READ(task, mm, exe_file));
	put_program_tail(s, task);
	return 0;
}

/* Failed calls only: a successful exec has replaced the memory that its arguments point to. */
PROGRAM(exit_exec)
{
	struct scratch *s = scratch_get();
	struct task_struct *task = this_task();
	u64 exe = 0, argv;
	u32 at;		/* index of argv */

	if (!s || s->ret >= 0)
		return 0;
	at = s->type == PPME_SYSCALL_EXECVEAT_X ? 2 : 1;
	argv = s->args[at];
	event_begin(s);
	put_u64(s, s->ret);
	read_user(&exe, s->compat ? 4 : 8, (void *)argv);
	put_text(s, exe);
	put_text_list(argv + (s->compat ? 4 : 8));
	put_process((u64)task);
	put_all_cgroups((u64)task);
	put_text_list(s->args[at + 1]);
	put_program((u64)task);
	if (s->type == PPME_SYSCALL_EXECVE_19_X)
		put_text(s, s->args[0]);
	event_end(ctx, s);
	return 0;
}
#endif

#define SYSCOPE_PF_KTHREAD 0x200000

/* Fills what the dispatcher of sys_exit fills for calls. */
static __always_inline struct scratch *tracepoint_begin(struct syscope_settings *set, u32 tid, u16 type)
{
	struct scratch *s = scratch_get();

	if (!s)
		return NULL;
	s->ts = wall_ns(set);
	s->enter_ts = 0;
	s->ret = 0;
	s->tid = tid;
	s->cpu = current_cpu();
	s->type = type;
	s->compat = 0;
	event_begin(s);
	return s;
}

/* Starts the event of a successful exec of the current task, which as a thread had the number old_tid; NULL for no event. */
static __always_inline struct scratch *exec_begin(u32 old_tid)
{
	struct task_struct *task = this_task();
	struct syscope_settings *set = settings_get();
	u64 ids = current_ids();
#if defined(HAS_ENTERED)
	struct syscope_entered *place;
#endif
	struct syscope_thread *t;
	struct scratch *s;

	if (!set || !((set->interest[PPM_SC_EXECVE] | set->interest[PPM_SC_EXECVEAT]) & SYSCOPE_INTEREST_EXIT) ||
	    !wanted(set, ids))
		return NULL;
	if (READ(task, flags) & SYSCOPE_PF_KTHREAD)
		return NULL;
	unmute(set, ids);	/* a kernel thread that becomes a program returns from no call */
	s = tracepoint_begin(set, ids, PPME_SYSCALL_EXECVE_19_X);
	if (!s)
		return NULL;
	/* A thread that is not the leader takes over the leader's number. */
#if defined(HAS_ENTERED)
	place = entered_find(old_tid);
	if (place && place->enter_ns && (u32)place->call == old_tid) {
		s->enter_ts = place->enter_ns;
		place->enter_ns = 0;
		return s;
	}
#endif
	t = thread_find(old_tid);
	if (t) {
		s->enter_ts = t->enter_ns;
		t->enter_ns = 0;
		if (old_tid != (u32)ids)
			thread_forget(old_tid);
	}
	return s;
}

static __always_inline void put_environment(struct scratch *s, struct task_struct *task)
{
	struct mm_struct *mm = READ(task, mm);
	u64 start = READ(mm, env_start), end = READ(mm, env_end);

	put_text_block(s, start, end > start ? end - start : 0, ARGS_MAX);
}

#if !defined(SYSCOPE_SMALL_PROGRAMS)
/* sched_process_exec: the current task runs another program now; as a thread it had the number old_tid. */
static __always_inline int process_exec(ctx_t ctx, u32 old_tid, struct linux_binprm *program)
{
	struct task_struct *task = this_task();
	struct scratch *s = exec_begin(old_tid);

	if (!s)
		return 0;
	put_u64(s, 0);
	put_exe_args((u64)task);
	put_process((u64)task);
	put_all_cgroups((u64)task);
	put_environment(s, task);
	put_program((u64)task);
	put_kernel_text(s, (u64)READ(program, filename), SYSCOPE_PATH_MAX);
	event_end(ctx, s);
	return 0;
}
#endif

/*
 * sched_process_fork: the set of traced processes grows by each child; on aarch64 this is also the child's side of the
 * call.
 */
static __always_inline int process_fork(ctx_t ctx, struct task_struct *parent, struct task_struct *child)
{
	struct syscope_settings *set = settings_get();
	u32 tgid = READ(parent, tgid);
	u32 child_tgid = READ(child, tgid);
	u32 tid = READ(parent, pid);
	u32 child_tid = READ(child, pid);
	struct syscope_thread fresh = {0};
	struct syscope_thread *t;

	if (!set)
		return 0;
	if (set->flags & SYSCOPE_ONLY_TRACED) {
		if (!traced_find(tgid))
			return 0;
		if (child_tgid != tgid && traced_put(child_tgid))
			count_untraced(set);
	}
	unmute(set, child_tid);
	t = thread_find(tid);
	if (t && t->sc == PPM_SC_CLONE3) {
		/* By the time the child returns from the call, its parent may have reused the memory of the flags. */
		fresh.nr = t->nr;
		fresh.sc = t->sc;
		fresh.saved[0] = t->saved[0];
		thread_put(child_tid, &fresh);
	}
#if defined(SYSCOPE_AARCH64) && !defined(SYSCOPE_SMALL_PROGRAMS)
	{
		struct scratch *s;
		u32 flags = t && (t->sc == PPM_SC_CLONE || t->sc == PPM_SC_CLONE3) ? convert_clone(t->saved[0]) : 0;
		u64 task;

		if (child_tgid == set->tracer_tgid || READ(child, flags) & SYSCOPE_PF_KTHREAD ||
		    !((set->interest[PPM_SC_CLONE] | set->interest[PPM_SC_CLONE3]) & SYSCOPE_INTEREST_EXIT))
			return 0;
		s = tracepoint_begin(set, child_tid, PPME_SYSCALL_CLONE_20_X);
		if (!s)
			return 0;
		if (READ(parent, files) == READ(child, files))
			flags |= PPM_CLONE_FLAGS_CLONE_FILES;
		/* Through memory it becomes a number, which may be given to a global function. */
		*(volatile u64 *)&s->args[0] = (u64)child;
		task = *(volatile u64 *)&s->args[0];
		put_u64(s, 0);
		put_exe_args(task);
		put_process(task);
		put_all_cgroups(task);
		put_clone_tail(s, child, flags, true);
		event_end(ctx, s);
	}
#endif
	return 0;
}

#endif
