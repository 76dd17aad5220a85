/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Reads what the kernel knows about a task: ids, memory, credentials, open files. */
#ifndef SYSCOPE_TASK_H
#define SYSCOPE_TASK_H

#include "event_writer.h"
#include "driver.h"

/* The id as the initial namespace sees it. */
static __always_inline s32 task_id(struct task_struct *task, u32 type)
{
	struct pid *pid = task_pid_of(task, type);

	return READ(pid, numbers[0].nr);
}

/* Level of the namespace in which the task lives; 0 is the initial one. */
static __always_inline u32 task_level(struct task_struct *task)
{
	return READ(task, thread_pid, level);
}

static __always_inline struct upid *pid_at(struct pid *pid, u32 level)
{
	return (struct upid *)((u8 *)pid + OFFSET_OF(struct pid, numbers)
			       + level * SIZE_OF(struct upid));
}

/* The id as the task's own namespace sees it, 0 if it is not visible there. */
static __always_inline s32 task_virtual_id(struct task_struct *task, u32 type)
{
	struct pid *pid = task_pid_of(task, type);
	u32 level = task_level(task);
	struct upid *own = pid_at(pid, level);

	return READ(pid, level) >= level ? READ(own, nr) : 0;
}

static __always_inline struct pid_namespace *task_namespace(struct task_struct *task)
{
	struct upid *own = pid_at(task_pid_of(task, TASK_PID), task_level(task));

	return READ(own, ns);
}

/* Start of the init process of the task's pid namespace, ns since boot; 0 in the initial namespace. */
static __always_inline u64 task_namespace_start(struct task_struct *task)
{
	struct pid_namespace *ns = task_namespace(task);

	return task_level(task) ? task_start(READ(ns, child_reaper)) : 0;
}

/* KiB */
static __always_inline void put_memory(struct scratch *s, struct task_struct *task, u32 page_shift)
{
	struct mm_struct *mm = READ(task, mm);
	u32 to_kib = (page_shift - 10) & 31;
	u64 size = 0;
	s64 rss = 0, swap = 0;

	if (mm) {
		size = READ(mm, total_vm);
		memory_counts(mm, &rss, &swap);
	}
	put_u32(s, size << to_kib);
	put_u32(s, rss > 0 ? rss << to_kib : 0);
	put_u32(s, swap > 0 ? swap << to_kib : 0);
}

/* The kernel's inner device number has 20 bits for the minor; user space knows it as stat(2) encodes it. */
static __always_inline u32 encode_dev(u32 dev)
{
	u32 major = dev >> 20, minor = dev & 0xfffff;

	return (minor & 0xff) | major << 8 | (minor & ~0xff) << 12;
}

static __always_inline struct file *task_file(struct task_struct *task, s32 fd)
{
	struct fdtable *table;
	struct file **files;
	struct file *file = NULL;

	if (fd < 0)
		return NULL;
	table = READ(task, files, fdt);
	if ((u32)fd >= READ(table, max_fds))
		return NULL;
	files = READ(table, fd);
	read_kernel(&file, sizeof(file), files + fd);
	return file;
}

static __always_inline u64 capability(const void *from)
{
	u64 bits = 0;

	read_kernel(&bits, sizeof(bits), from);
	return bits;
}

#endif
