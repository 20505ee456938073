// The console's addresses, and who is let through to them.
import { createRouter, createWebHistory } from "vue-router";
import { home_of, type House } from "./houses";
import { may_sign_in } from "./origin";
import { use_session } from "./session_store";

declare module "vue-router" {
  interface RouteMeta { open?: boolean; title?: string; house?: House }
}

export const router = createRouter({
  history: createWebHistory("/console"),
  routes: [
    { path: "/login", name: "login", component: () => import("./LoginPage.vue"), meta: { open: true, title: "登录" } },
    { path: "/password", name: "password", component: () => import("./PasswordPage.vue"), meta: { title: "改密码" } },
    { path: "/", name: "inbox", component: () => import("./InboxPage.vue"), meta: { title: "工作台", house: "desk" } },
    {
      path: "/conversations/:id", name: "conversation", component: () => import("./InboxPage.vue"),
      meta: { title: "工作台", house: "desk" },
    },
    {
      path: "/applications", name: "applications", component: () => import("./ApplicationsPage.vue"),
      meta: { title: "案件", house: "cases" },
    },
    {
      path: "/applications/:id", name: "application", component: () => import("./ApplicationPage.vue"),
      meta: { title: "案件", house: "cases" },
    },
    {
      path: "/kb", name: "entries", component: () => import("./EntriesPage.vue"),
      meta: { title: "知识库", house: "entries" },
    },
    {
      path: "/kb/:id", name: "entry", component: () => import("./EntryPage.vue"),
      meta: { title: "知识库", house: "entries" },
    },
    { path: "/staff", name: "staff", component: () => import("./StaffPage.vue"), meta: { title: "人员", house: "staff" } },
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
  if (to.name === "login") return { name: home_of(session.staff.roles) };
  if (session.must_change && to.name !== "password") return { name: "password" };
  // "/" is everybody's first address, whatever their work is.
  if (to.name === "inbox" && !session.in_house("desk")) return { name: home_of(session.staff.roles) };
  if (to.meta.house && !session.in_house(to.meta.house)) return { name: "forbidden" };
  return true;
});
