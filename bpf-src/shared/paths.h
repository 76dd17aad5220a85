/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Paths from the kernel's own structures: of files (through mount points up to the root of the mount namespace) and of
 * control groups. A path is collected from the leaf upwards as pointers to names, then written from the root downwards.
 */
#ifndef SYSCOPE_PATHS_H
#define SYSCOPE_PATHS_H

#include "event_writer.h"
#include "driver.h"

#define PATH_STEPS 96	/* names and mount points together */
#define SYSCOPE_NAME_MAX 255
#define CGROUP_DEPTH 24

/*
 * Adds a name. The count lives in the map, not in a register: the verifier would otherwise follow each value that it
 * can have at each step of the loops below.
 */
static __always_inline bool add_name(struct scratch *s, const void *name)
{
	volatile u32 *count = &s->name_count;
	u32 n = *count;

	if (n >= NAME_SLOTS)
		return false;
	s->names[BOUND(n, 63)] = (u64)name;
	*count = n + 1;
	return true;
}

/*
 * One step of the walk below, over a name or out of a mount; returns 0 at the end. It is a global function, which the
 * verifier looks at once and not once for each turn of the loop; its state stands in the scratch space.
 */
SUBPROGRAM int walk_step(void)
{
	struct scratch *s = scratch_get();
	struct dentry *dentry, *parent;
	struct mount *mount;

	if (!s)
		return 0;
	dentry = (void *)s->walk_dentry;
	if (!dentry)
		return 0;
	if (s->walk_dentry == s->walk_root) {
		struct mount *above;

		mount = (void *)s->walk_mount;
		above = READ(mount, mnt_parent);
		if (above == mount)
			return 0;
		s->walk_dentry = (u64)READ(mount, mnt_mountpoint);
		s->walk_mount = (u64)above;
		s->walk_root = (u64)READ(above, mnt.mnt_root);
		return 1;
	}
	if (!add_name(s, READ(dentry, d_name.name)))
		return 0;
	parent = READ(dentry, d_parent);
	s->walk_dentry = (u64)parent;
	return parent != dentry;	/* not below any root: memfd and the like */
}

static __always_inline void walk_begin(struct scratch *s, u64 vfsmount, u64 leaf)
{
	struct mount *mount = (void *)(vfsmount - OFFSET_OF(struct mount, mnt));

	s->name_count = 0;
	s->walk_dentry = leaf;
	s->walk_mount = (u64)mount;
	s->walk_root = (u64)READ(mount, mnt.mnt_root);
}

#if !defined(SYSCOPE_SMALL_PROGRAMS)
/* Fills s->names with the path of a dentry, leaf first, and returns how many there are. */
SUBPROGRAM u32 collect_file_path(u64 vfsmount, u64 leaf)
{
	struct scratch *s = scratch_get();
	u32 i;

	if (!s)
		return 0;
	walk_begin(s, vfsmount, leaf);
	UNROLL
	for (i = 0; i < PATH_STEPS; i++) {
		if (!walk_step())
			break;
	}
	return s->name_count;
}
#endif

/* The same for a kernfs node, whose root has no parent and an empty name. */
SUBPROGRAM u32 collect_kernfs_path(u64 leaf)
{
	struct scratch *s = scratch_get();
	struct kernfs_node *node = (void *)leaf;
	u32 i;

	if (!s)
		return 0;
	s->name_count = 0;
	UNROLL
	for (i = 0; i < CGROUP_DEPTH; i++) {
		struct kernfs_node *parent;

		if (!node)
			break;
		parent = kernfs_above(node);
		if (!parent)
			break;
		add_name(s, kernfs_text(node));
		node = parent;
	}
	return s->name_count;
}

/*
 * Writes '/' and one of the collected names with its NUL at the place s->path_at of the event, which is the place of the NUL
 * then. The place lives in the map for the reason that name_count does.
 */
SUBPROGRAM int write_name(u32 name)
{
	struct scratch *s = scratch_get();
	volatile u32 *place;
	u32 at;
	u8 *to;
	long n;

	if (!s)
		return 0;
	place = &s->path_at;
	at = *place;
	to = EVENT_AT(s, at);
	*to = '/';
	n = read_kernel_text(to + 1, SYSCOPE_NAME_MAX + 1, (void *)s->names[BOUND(name, 63)]);
	*place = at + (n > 0 ? n : 1);
	return 0;
}

/* Writes the collected names as a path with its NUL at this place of the event; returns the place behind the NUL. */
SUBPROGRAM u32 write_path(u32 at, u32 count)
{
	struct scratch *s = scratch_get();
	volatile u32 *place;
	u32 i;

	if (!s)
		return at;
	place = &s->path_at;
	if (!count)
		*EVENT_AT(s, at++) = '/';
	*place = at;
	UNROLL
	for (i = 0; i < NAME_SLOTS; i++) {
		if (i >= BOUND(count, 0x7f))	/* seen as a limit of its own, not as one with the loop's */
			break;
		write_name(count - 1 - i);
	}
	at = *place;
	*EVENT_AT(s, at) = 0;
	return at + 1;
}

#if !defined(SYSCOPE_SMALL_PROGRAMS)
static __always_inline void put_file_path(struct scratch *s, struct file *file)
{
	u32 at = s->data_at;

	if (!file || room(s) < 2 * SYSCOPE_PATH_MAX) {
		put_empty(s);
		return;
	}
	at = write_path(at, collect_file_path((u64)READ(file, f_path.mnt),
					      (u64)READ(file, f_path.dentry)));
	param_end(s, at - s->data_at);
}
#endif

#define TEXT_CPUSET 0x3d746573757063ULL		/* cpuset= */
#define TEXT_CPU 0x3d757063ULL			/* cpu= */
#define TEXT_CPUACCT 0x3d74636361757063ULL	/* cpuacct= */
#define TEXT_IO 0x3d6f69ULL			/* io= */
#define TEXT_MEMORY 0x3d79726f6d656dULL		/* memory= */

/* name=path and NUL of one controller; name is the text of "name=" as a little-endian number. */
static __always_inline u32 write_cgroup(struct scratch *s, u32 at, struct css_set *set, u32 id, u64 name, u32 length)
{
	struct cgroup_subsys_state *state = NULL;
	struct kernfs_node *node;

	read_kernel(&state, sizeof(state),
			      (u8 *)set + OFFSET_OF(struct css_set, subsys) + id * sizeof(state));
	node = cgroup_node(state);
	if (!node)
		return at;
	*(u64 *)EVENT_AT(s, at) = name;
	return write_path(at + length, collect_kernfs_path((u64)node));
}

#if !defined(SYSCOPE_SMALL_PROGRAMS)
#define CGROUP(controller, name, length)  \
	if (CGROUP_KNOWN(controller))     \
		at = write_cgroup(s, at, set, CGROUP_NUMBER(controller), name, length)

/* The control groups that the established drivers give, in their order. */
static __always_inline void put_cgroups(struct scratch *s, struct task_struct *task)
{
	struct css_set *set = READ(task, cgroups);
	u32 at = s->data_at;

	if (room(s) < 4 * SYSCOPE_PATH_MAX) {
		put_empty(s);
		return;
	}
	CGROUP(cpuset_cgrp_id, TEXT_CPUSET, 7);
	CGROUP(cpu_cgrp_id, TEXT_CPU, 4);
	CGROUP(cpuacct_cgrp_id, TEXT_CPUACCT, 8);
	CGROUP(io_cgrp_id, TEXT_IO, 3);
	CGROUP(memory_cgrp_id, TEXT_MEMORY, 7);
	param_end(s, at - s->data_at);
}
#endif

#endif
