// Starts the staff console.
import { createPinia } from "pinia";
import { createApp } from "vue";
import "element-plus/theme-chalk/base.css";
import "element-plus/theme-chalk/el-message.css";
import "../styles/tokens.css";
import "../styles/console.css";
import "../styles/console_desk.css";
import "../styles/console_pages.css";
import "../styles/console_kb.css";
import App from "./App.vue";
import { router } from "./router";

createApp(App).use(createPinia()).use(router).mount("#app");
