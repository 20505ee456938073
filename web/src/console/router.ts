// The console's addresses, and who is let through to them.
import { createRouter, createWebHistory } from "vue-router";
import type { Role } from "../shared/staff_types";
import { may_sign_in } from "./origin";
import { use_session } from "./session_store";

declare module "vue-router" {
  interface RouteMeta { open?: boolean; title?: string; role?: Role }
}

export const router = createRouter({
  history: createWebHistory("/console"),
  routes: [
    { path: "/login", name: "login", component: () => import("./LoginPage.vue"), meta: { open: true, title: "登录" } },
    { path: "/password", name: "password", component: () => import("./PasswordPage.vue"), meta: { title: "改密码" } },
    { path: "/", name: "inbox", component: () => import("./InboxPage.vue"), meta: { title: "工作台" } },
    { path: "/conversations/:id", name: "conversation", component: () => import("./InboxPage.vue"), meta: { title: "工作台" } },
    { path: "/applications", name: "applications", component: () => import("./ApplicationsPage.vue"), meta: { title: "案件" } },
    { path: "/applications/:id", name: "application", component: () => import("./ApplicationPage.vue"), meta: { title: "案件" } },
    { path: "/staff", name: "staff", component: () => import("./StaffPage.vue"), meta: { title: "人员", role: "admin" } },
    { path: "/no-permission", name: "forbidden", component: () => import("./ForbiddenPage.vue"), meta: { title: "没有权限" } },
    { path: "/:rest(.*)*", name: "missing", component: () => import("./MissingPage.vue"), meta: { title: "没有这个页面" } },
  ],
});

router.beforeEach(async (to) => {
  if (!may_sign_in(location)) return to.name === "login" ? true : { name: "login" };
  const session = use_session();
  try {
    await session.restore();
  } catch {
    // The gateway does not answer: the login page says so and offers to try again.
    return to.name === "login" ? true : { name: "login", query: { to: to.fullPath } };
  }
  if (!session.staff) return to.meta.open ? true : { name: "login", query: to.path === "/" ? {} : { to: to.fullPath } };
  if (to.name === "login") return { name: "inbox" };
  if (session.must_change && to.name !== "password") return { name: "password" };
  if (to.meta.role && !session.has_role(to.meta.role)) return { name: "forbidden" };
  return true;
});
