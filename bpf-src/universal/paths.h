/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Paths from the kernel's own structures: of files (through mount points up to the root of the mount namespace) and of
 * control groups. A path is collected from the leaf upwards as pointers to names, then written from the root downwards.
 */
#ifndef SYSCOPE_PATHS_H
#define SYSCOPE_PATHS_H

#include "event_writer.h"
#include "kernel_types.h"

#define PATH_STEPS 96	/* names and mount points together */
#define NAME_MAX 255
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
__noinline int walk_step(void)
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
		above = BPF_CORE_READ(mount, mnt_parent);
		if (above == mount)
			return 0;
		s->walk_dentry = (u64)BPF_CORE_READ(mount, mnt_mountpoint);
		s->walk_mount = (u64)above;
		s->walk_root = (u64)BPF_CORE_READ(above, mnt.mnt_root);
		return 1;
	}
	if (!add_name(s, BPF_CORE_READ(dentry, d_name.name)))
		return 0;
	parent = BPF_CORE_READ(dentry, d_parent);
	s->walk_dentry = (u64)parent;
	return parent != dentry;	/* not below any root: memfd and the like */
}

/* Fills s->names with the path of a dentry, leaf first, and returns how many there are. */
__noinline u32 collect_file_path(u64 vfsmount, u64 leaf)
{
	struct mount *mount = (void *)(vfsmount - bpf_core_field_offset(struct mount, mnt));
	struct scratch *s = scratch_get();
	u32 i;

	if (!s)
		return 0;
	s->name_count = 0;
	s->walk_dentry = leaf;
	s->walk_mount = (u64)mount;
	s->walk_root = (u64)BPF_CORE_READ(mount, mnt.mnt_root);
	for (i = 0; i < PATH_STEPS; i++) {
		if (!walk_step())
			break;
	}
	return s->name_count;
}

/* The same for a kernfs node, whose root has no parent and an empty name. */
__noinline u32 collect_kernfs_path(u64 leaf)
{
	struct scratch *s = scratch_get();
	struct kernfs_node *node = (void *)leaf;
	u32 i;

	if (!s)
		return 0;
	s->name_count = 0;
	for (i = 0; i < CGROUP_DEPTH; i++) {
		struct kernfs_node *parent;

		if (!node)
			break;
		if (bpf_core_field_exists(node->__parent)) {
			parent = BPF_CORE_READ(node, __parent);
		} else {
			struct kernfs_node___old *old = (void *)node;

			parent = (void *)BPF_CORE_READ(old, parent);
		}
		if (!parent)
			break;
		add_name(s, BPF_CORE_READ(node, name));
		node = parent;
	}
	return s->name_count;
}

/* Writes '/' and one of the collected names with its NUL at this place of the event; returns the place of the NUL. */
__noinline u32 write_name(u32 at, u32 name)
{
	struct scratch *s = scratch_get();
	u8 *to;
	long n;

	if (!s)
		return at;
	to = EVENT_AT(s, at);
	*to = '/';
	n = bpf_probe_read_kernel_str(to + 1, NAME_MAX + 1, (void *)s->names[BOUND(name, 63)]);
	return at + (n > 0 ? n : 1);
}

/* Writes the collected names as a path with its NUL at this place of the event; returns the place behind the NUL. */
__noinline u32 write_path(u32 at, u32 count)
{
	struct scratch *s = scratch_get();
	u32 i;

	if (!s)
		return at;
	if (!count)
		*EVENT_AT(s, at++) = '/';
	for (i = 0; i < NAME_SLOTS; i++) {
		if (i >= count)
			break;
		at = write_name(at, count - 1 - i);
	}
	*EVENT_AT(s, at) = 0;
	return at + 1;
}

static __always_inline void put_file_path(struct scratch *s, struct file *file)
{
	u32 at = s->data_at;

	if (!file || room(s) < 2 * PATH_MAX) {
		put_empty(s);
		return;
	}
	at = write_path(at, collect_file_path((u64)BPF_CORE_READ(file, f_path.mnt),
					      (u64)BPF_CORE_READ(file, f_path.dentry)));
	param_end(s, at - s->data_at);
}

/* name=path and NUL of one controller; name is the text of "name=" as a little-endian number. */
static __always_inline u32 write_cgroup(struct scratch *s, u32 at, struct css_set *set, u32 id, u64 name, u32 length)
{
	struct cgroup_subsys_state *state = NULL;
	struct kernfs_node *node;

	bpf_probe_read_kernel(&state, sizeof(state),
			      (u8 *)set + bpf_core_field_offset(struct css_set, subsys) + id * sizeof(state));
	node = BPF_CORE_READ(state, cgroup, kn);
	if (!node)
		return at;
	*(u64 *)EVENT_AT(s, at) = name;
	return write_path(at + length, collect_kernfs_path((u64)node));
}

#define CGROUP(controller, name, length)                                                                      \
	if (bpf_core_enum_value_exists(enum cgroup_subsys_id, controller))                                    \
		at = write_cgroup(s, at, set, bpf_core_enum_value(enum cgroup_subsys_id, controller), name, length)

/* The control groups that the established drivers give, in their order. */
static __always_inline void put_cgroups(struct scratch *s, struct task_struct *task)
{
	struct css_set *set = BPF_CORE_READ(task, cgroups);
	u32 at = s->data_at;

	if (room(s) < 4 * PATH_MAX) {
		put_empty(s);
		return;
	}
	CGROUP(cpuset_cgrp_id, 0x3d746573757063ULL, 7);		/* cpuset= */
	CGROUP(cpu_cgrp_id, 0x3d757063ULL, 4);			/* cpu= */
	CGROUP(cpuacct_cgrp_id, 0x3d74636361757063ULL, 8);	/* cpuacct= */
	CGROUP(io_cgrp_id, 0x3d6f69ULL, 3);			/* io= */
	CGROUP(memory_cgrp_id, 0x3d79726f6d656dULL, 7);		/* memory= */
	param_end(s, at - s->data_at);
}

#endif
