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
__noinline int put_exe_args(u64 from)
{
	struct scratch *s = scratch_get();
	struct task_struct *task = (void *)from;
	struct mm_struct *mm = BPF_CORE_READ(task, mm);
	u64 start, end, length;
	u32 at;

	if (!s)
		return 0;
	if (!mm) {
		put_empty(s);
		put_empty(s);
		return 0;
	}
	start = BPF_CORE_READ(mm, arg_start);
	end = BPF_CORE_READ(mm, arg_end);
	at = s->data_at;
	put_text_from(s, start, ARGS_MAX, false);
	length = s->data_at - at;
	put_text_block(s, start + length, end > start + length ? end - start - length : 0,
		       length < ARGS_MAX ? ARGS_MAX - length : 0);
	return 0;
}

/* Adds the text of one place of a list of pointers at this place of the event; returns the place behind it, or 0. */
__noinline u32 list_text(u64 place, u32 at)
{
	struct scratch *s = scratch_get();
	u64 pointer = 0;
	long n;

	if (!s || bpf_probe_read_user(&pointer, s->compat ? 4 : 8, (void *)place) || !pointer)
		return 0;
	n = bpf_probe_read_user_str(EVENT_AT(s, at), ARGS_MAX, (void *)pointer);
	if (n <= 0) {
		count_unreadable(s);
		return 0;
	}
	return at + n;
}

/* Texts of a list of pointers that ends with a null pointer, one behind the other. */
__noinline int put_text_list(u64 list)
{
	struct scratch *s = scratch_get();
	u32 start, at, i;

	if (!s)
		return 0;
	start = s->data_at;
	at = start;
	for (i = 0; i < LIST_TEXTS; i++) {
		u32 next = list_text(list + i * (s->compat ? 4 : 8), at);

		if (!next)
			break;
		at = next;
		if (at - start >= ARGS_MAX)
			break;
	}
	if (at - start > ARGS_MAX)
		at = start + ARGS_MAX;
	if (at > start)
		*EVENT_AT(s, at - 1) = 0;
	param_end(s, at - start);
	return 0;
}

/* tid to comm: what clone and exec events have in common. */
__noinline int put_process(u64 from)
{
	struct scratch *s = scratch_get();
	struct task_struct *task = (void *)from;
	struct syscope_settings *set = settings_get();

	if (!s)
		return 0;
	put_u64(s, BPF_CORE_READ(task, pid));
	put_u64(s, BPF_CORE_READ(task, tgid));
	put_u64(s, BPF_CORE_READ(task, real_parent, pid));
	put_empty(s);	/* cwd: the format's readers know it better */
	put_u64(s, BPF_CORE_READ(task, signal, rlim[7].rlim_cur));
	put_u64(s, BPF_CORE_READ(task, maj_flt));
	put_u64(s, BPF_CORE_READ(task, min_flt));
	put_memory(s, task, set ? set->page_shift : 12);
	put_kernel_text(s, (u64)task + bpf_core_field_offset(struct task_struct, comm), 16);
	return 0;
}

__noinline int put_all_cgroups(u64 from)
{
	struct scratch *s = scratch_get();

	if (s)
		put_cgroups(s, (struct task_struct *)from);
	return 0;
}

/* flags to pidns_init_start_ts */
static __always_inline void put_clone_tail(struct scratch *s, struct task_struct *task, u32 flags, bool child)
{
	struct pid_namespace *own = task_namespace(task);

	/* A new thread is one, whether the flags could be read or not. */
	if (child && BPF_CORE_READ(task, pid) != BPF_CORE_READ(task, tgid))
		flags |= PPM_CLONE_FLAGS_CLONE_THREAD | PPM_CLONE_FLAGS_CLONE_SIGHAND | PPM_CLONE_FLAGS_CLONE_VM;

	if (task_level(task) || BPF_CORE_READ(task, nsproxy, pid_ns_for_children) != own)
		flags |= PPM_CLONE_FLAGS_CLONE_CHILD_IN_PIDNS;
	put_u32(s, flags);
	put_u32(s, BPF_CORE_READ(task, cred, euid.val));
	put_u32(s, BPF_CORE_READ(task, cred, egid.val));
	put_u64(s, (s64)task_virtual_id(task, TASK_PID));
	put_u64(s, (s64)task_virtual_id(task, TASK_TGID));
	put_u64(s, child ? task_namespace_start(task) : 0);
}

SEC("tp_btf/sys_exit")
int exit_clone(u64 *ctx)
{
	struct scratch *s = scratch_get();
	struct task_struct *task = current_task();
	u64 flags = 0;

	if (!s)
		return 0;
#if defined(__TARGET_ARCH_arm64)
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
	if (s->type == PPME_SYSCALL_CLONE_20_X)
		flags = s->args[0];
	else if (s->type == PPME_SYSCALL_CLONE3_X && s->has_saved)
		flags = s->saved[0];
	else if (s->type == PPME_SYSCALL_CLONE3_X)
		bpf_probe_read_user(&flags, sizeof(flags), (void *)s->args[0]);
	else if (s->type == PPME_SYSCALL_VFORK_20_X)
		flags = 0x4100;	/* CLONE_VFORK | CLONE_VM */
	put_clone_tail(s, task, convert_clone(flags), s->ret == 0);
	event_end(s);
	return 0;
}

#define CAP_DAC_OVERRIDE (1 << 1)
#define CAP_FOWNER (1 << 3)

/* May the task write to the file, now or after a chmod that it may do? */
static __always_inline bool can_write(struct task_struct *task, struct inode *inode)
{
	const struct cred *cred = BPF_CORE_READ(task, cred);
	u32 uid = BPF_CORE_READ(inode, i_uid.val);
	u32 gid = BPF_CORE_READ(inode, i_gid.val);
	u32 fsuid = BPF_CORE_READ(cred, fsuid.val);
	u16 mode = BPF_CORE_READ(inode, i_mode);
	struct group_info *groups;
	bool member;
	u32 count, i;

	if (BPF_CORE_READ(inode, i_sb, s_flags) & 1)	/* SB_RDONLY */
		return false;
	if (BPF_CORE_READ(inode, i_flags) & 8)		/* S_IMMUTABLE */
		return false;
	if (uid == (u32)-1 || gid == (u32)-1)		/* no mapping into this namespace */
		return false;
	if (uid == fsuid || capability((kernel_cap_t *)((u8 *)cred + bpf_core_field_offset(struct cred, cap_effective))) &
				    (CAP_DAC_OVERRIDE | CAP_FOWNER))
		return true;
	member = gid == BPF_CORE_READ(cred, fsgid.val);
	groups = BPF_CORE_READ(cred, group_info);
	count = BPF_CORE_READ(groups, ngroups);
	for (i = 0; i < 32; i++) {
		u32 group = 0;

		if (i >= count || member)
			break;
		bpf_probe_read_kernel(&group, sizeof(group),
				      (u8 *)groups + bpf_core_field_offset(struct group_info, gid) + i * sizeof(group));
		member = group == gid;
	}
	return mode & (member ? 020 : 002);
}

static __always_inline bool is_memfd(struct file *file)
{
	struct dentry *dentry = BPF_CORE_READ(file, f_path.dentry);
	u64 name = 0;

	if (!dentry || BPF_CORE_READ(dentry, d_parent) != dentry)
		return false;
	bpf_probe_read_kernel(&name, 6, BPF_CORE_READ(dentry, d_name.name));
	return name == 0x3a64666d656dULL;	/* "memfd:" */
}

/* Since 6.13 the uppermost bit of a change time's ns says that somebody has looked at it. */
#define CTIME_NSEC 0x7fffffff

/* tty to gid: credentials and the file of the program. */
__noinline int put_program(u64 from)
{
	struct scratch *s = scratch_get();
	struct task_struct *task = (void *)from;
	const struct cred *cred = BPF_CORE_READ(task, cred);
	struct file *file = BPF_CORE_READ(task, mm, exe_file);
	struct inode *inode = BPF_CORE_READ(file, f_inode);
	struct tty_struct *tty = BPF_CORE_READ(task, signal, tty);
	u64 changed = 0, modified = 0;
	u32 number = 0, loginuid = -1, flags = 0;

	if (!s)
		return 0;
	if (tty)
		number = encode_dev((BPF_CORE_READ(tty, driver, major) << 20 | BPF_CORE_READ(tty, driver, minor_start)) +
				    BPF_CORE_READ(tty, index));
	put_u32(s, number);
	put_u64(s, (s64)task_virtual_id(task, TASK_PGID));
	if (bpf_core_field_exists(task->loginuid))
		loginuid = BPF_CORE_READ(task, loginuid.val);
	put_u32(s, loginuid);
	if (file) {
		enum overlay overlay = file_overlay(file);

		flags = (can_write(task, inode) ? PPM_EXECVE_FLAGS_EXE_WRITABLE : 0) |
			(overlay == OVERLAY_UPPER ? PPM_EXECVE_FLAGS_EXE_UPPER_LAYER : 0) |
			(overlay == OVERLAY_LOWER ? PPM_EXECVE_FLAGS_EXE_LOWER_LAYER : 0) |
			(is_memfd(file) ? PPM_EXECVE_FLAGS_EXE_FROM_MEMFD : 0);
	}
	put_u32(s, flags);
	put_u64(s, capability((kernel_cap_t *)((u8 *)cred + bpf_core_field_offset(struct cred, cap_inheritable))));
	put_u64(s, capability((kernel_cap_t *)((u8 *)cred + bpf_core_field_offset(struct cred, cap_permitted))));
	put_u64(s, capability((kernel_cap_t *)((u8 *)cred + bpf_core_field_offset(struct cred, cap_effective))));
	put_u64(s, BPF_CORE_READ(inode, i_ino));
	if (bpf_core_field_exists(inode->i_ctime_sec)) {
		changed = BPF_CORE_READ(inode, i_ctime_sec) * 1000000000 +
			  (BPF_CORE_READ(inode, i_ctime_nsec) & CTIME_NSEC);
		modified = BPF_CORE_READ(inode, i_mtime_sec) * 1000000000 + BPF_CORE_READ(inode, i_mtime_nsec);
	} else {
		struct inode___middle *middle = (void *)inode;
		struct inode___old *old = (void *)inode;

		if (bpf_core_field_exists(middle->__i_ctime))
			changed = BPF_CORE_READ(middle, __i_ctime.tv_sec) * 1000000000 +
				  BPF_CORE_READ(middle, __i_ctime.tv_nsec);
		else if (bpf_core_field_exists(old->i_ctime))
			changed = BPF_CORE_READ(old, i_ctime.tv_sec) * 1000000000 + BPF_CORE_READ(old, i_ctime.tv_nsec);
		if (bpf_core_field_exists(middle->__i_mtime))
			modified = BPF_CORE_READ(middle, __i_mtime.tv_sec) * 1000000000 +
				   BPF_CORE_READ(middle, __i_mtime.tv_nsec);
		else if (bpf_core_field_exists(old->i_mtime))
			modified = BPF_CORE_READ(old, i_mtime.tv_sec) * 1000000000 +
				   BPF_CORE_READ(old, i_mtime.tv_nsec);
	}
	put_u64(s, changed);
	put_u64(s, modified);
	put_u32(s, BPF_CORE_READ(cred, euid.val));
	put_file_path(s, file);
	put_u64(s, (s64)task_id(task, TASK_PGID));
	put_u32(s, BPF_CORE_READ(cred, egid.val));
	return 0;
}

/* Failed calls only: a successful exec has replaced the memory that its arguments point to. */
SEC("tp_btf/sys_exit")
int exit_exec(u64 *ctx)
{
	struct scratch *s = scratch_get();
	struct task_struct *task = current_task();
	u64 exe = 0, argv;
	u32 at;		/* index of argv */

	if (!s || s->ret >= 0)
		return 0;
	at = s->type == PPME_SYSCALL_EXECVEAT_X ? 2 : 1;
	argv = s->args[at];
	event_begin(s);
	put_u64(s, s->ret);
	bpf_probe_read_user(&exe, s->compat ? 4 : 8, (void *)argv);
	put_text(s, exe);
	put_text_list(argv + (s->compat ? 4 : 8));
	put_process((u64)task);
	put_all_cgroups((u64)task);
	put_text_list(s->args[at + 1]);
	put_program((u64)task);
	if (s->type == PPME_SYSCALL_EXECVE_19_X)
		put_text(s, s->args[0]);
	event_end(s);
	return 0;
}

#define PF_KTHREAD 0x200000

/* Fills what the dispatcher of sys_exit fills for calls. */
static __always_inline struct scratch *tracepoint_begin(struct syscope_settings *set, u32 tid, u16 type)
{
	u32 cpu = bpf_get_smp_processor_id();
	struct scratch *s = bpf_map_lookup_elem(&scratch, &cpu);

	if (!s)
		return NULL;
	s->ts = timestamp(set);
	s->enter_ts = 0;
	s->ret = 0;
	s->tid = tid;
	s->cpu = cpu;
	s->type = type;
	s->compat = 0;
	event_begin(s);
	return s;
}

SEC("tp_btf/sched_process_exec")
int sched_process_exec(u64 *ctx)
{
	struct task_struct *task = current_task();	/* ctx[0], which may not be given to a global function */
	u32 old_tid = ctx[1];
	struct linux_binprm *program = (struct linux_binprm *)ctx[2];
	struct syscope_settings *set = settings_get();
	u64 ids = bpf_get_current_pid_tgid();
	struct mm_struct *mm;
	struct syscope_thread *t;
	struct scratch *s;
	u64 start, end;

	if (!set || !((set->interest[PPM_SC_EXECVE] | set->interest[PPM_SC_EXECVEAT]) & SYSCOPE_INTEREST_EXIT) ||
	    !wanted(set, ids))
		return 0;
	if (BPF_CORE_READ(task, flags) & PF_KTHREAD)
		return 0;
	s = tracepoint_begin(set, ids, PPME_SYSCALL_EXECVE_19_X);
	if (!s)
		return 0;
	/* A thread that is not the leader takes over the leader's number. */
	t = bpf_map_lookup_elem(&threads, &old_tid);
	if (t) {
		s->enter_ts = t->enter_ns;
		t->enter_ns = 0;
		if (old_tid != (u32)ids)
			bpf_map_delete_elem(&threads, &old_tid);
	}
	put_u64(s, 0);
	put_exe_args((u64)task);
	put_process((u64)task);
	put_all_cgroups((u64)task);
	mm = BPF_CORE_READ(task, mm);
	start = BPF_CORE_READ(mm, env_start);
	end = BPF_CORE_READ(mm, env_end);
	put_text_block(s, start, end > start ? end - start : 0, ARGS_MAX);
	put_program((u64)task);
	put_kernel_text(s, (u64)BPF_CORE_READ(program, filename), PATH_MAX);
	event_end(s);
	return 0;
}

/* The set of traced processes grows by each child; on aarch64 this is also the child's side of the call. */
SEC("tp_btf/sched_process_fork")
int sched_process_fork(u64 *ctx)
{
	struct task_struct *parent = (struct task_struct *)ctx[0];
	struct task_struct *child = (struct task_struct *)ctx[1];
	struct syscope_settings *set = settings_get();
	u32 tgid = BPF_CORE_READ(parent, tgid);
	u32 child_tgid = BPF_CORE_READ(child, tgid);
	u32 tid = BPF_CORE_READ(parent, pid);
	u32 child_tid = BPF_CORE_READ(child, pid);
	struct syscope_thread fresh = {0};
	struct syscope_thread *t;
	u32 one = 1;

	if (!set)
		return 0;
	if (set->flags & SYSCOPE_ONLY_TRACED) {
		if (!bpf_map_lookup_elem(&traced, &tgid))
			return 0;
		if (child_tgid != tgid && bpf_map_update_elem(&traced, &child_tgid, &one, BPF_ANY)) {
			struct syscope_cpu *c = cpu_get(bpf_get_smp_processor_id());

			if (c)
				c->untraced++;
		}
	}
	t = bpf_map_lookup_elem(&threads, &tid);
	if (t && t->sc == PPM_SC_CLONE3) {
		/* By the time the child returns from the call, its parent may have reused the memory of the flags. */
		fresh.nr = t->nr;
		fresh.sc = t->sc;
		fresh.saved[0] = t->saved[0];
		bpf_map_update_elem(&threads, &child_tid, &fresh, BPF_ANY);
	}
#if defined(__TARGET_ARCH_arm64)
	{
		struct scratch *s;
		u32 flags = t && (t->sc == PPM_SC_CLONE || t->sc == PPM_SC_CLONE3) ? convert_clone(t->saved[0]) : 0;
		u64 task;

		if (child_tgid == set->tracer_tgid || BPF_CORE_READ(child, flags) & PF_KTHREAD ||
		    !((set->interest[PPM_SC_CLONE] | set->interest[PPM_SC_CLONE3]) & SYSCOPE_INTEREST_EXIT))
			return 0;
		s = tracepoint_begin(set, child_tid, PPME_SYSCALL_CLONE_20_X);
		if (!s)
			return 0;
		if (BPF_CORE_READ(parent, files) == BPF_CORE_READ(child, files))
			flags |= PPM_CLONE_FLAGS_CLONE_FILES;
		/* Through memory it becomes a number, which may be given to a global function. */
		*(volatile u64 *)&s->args[0] = (u64)child;
		task = *(volatile u64 *)&s->args[0];
		put_u64(s, 0);
		put_exe_args(task);
		put_process(task);
		put_all_cgroups(task);
		put_clone_tail(s, child, flags, true);
		event_end(s);
	}
#endif
	return 0;
}

#endif
