// What people type in the worst minute: the phrases of the signal table and their neighbours, shorter and rougher than
// the sentences of risk_positive_test.
#include "tests/nlu/reader_fixture.hpp"

using Catch::Matchers::VectorContains;
using yuanda::test::risks_of;

// clang-format off
TEST_CASE("the phrases of the signal table are heard, bare as they are typed", "[nlu][risk]") {
    const auto [risk, text] = GENERATE(table<std::string, std::string>({
        {"self_harm", "不想活了"},
        {"self_harm", "喝药"},
        {"self_harm", "我要喝药"},
        {"self_harm", "我喝药了"},
        {"self_harm", "站楼顶"},
        {"self_harm", "我站楼顶了"},
        {"self_harm", "我站在楼顶"},
        {"self_harm", "我准备喝农药"},
        {"self_harm", "吃了安眠药"},
        {"self_harm", "我吃了安眠药"},
        {"self_harm", "吃了一整瓶安眠药"},
        {"self_harm", "我割腕了"},
        {"self_harm", "我想死"},
        {"self_harm", "我真想死了算了"},
        {"self_harm", "活着没意思"},
        {"self_harm", "我想跳楼"},
        {"self_harm", "我想跳河"},
        {"self_harm", "我现在就在桥上，想跳下去"},
        {"self_harm", "我老婆喝农药了"},
        {"self_harm", "孩子割腕了怎么办"},
        {"self_harm", "没有活路了"},
        {"self_harm", "我死了算了"},
        {"self_harm", "我想自杀"},
        {"self_harm", "打算今晚上吊"},
        {"self_harm", "老公出轨我想跳楼"},
        {"self_harm", "官司输了我不想活了"},
        {"self_harm", "我不活了"},
        {"self_harm", "我想喝百草枯"},
        {"self_harm", "我妈要跳楼"},
        {"violence_now", "正在打我"},
        {"violence_now", "拿刀"},
        {"violence_now", "他拿刀"},
        {"violence_now", "锁屋里"},
        {"violence_now", "我被锁屋里了"},
        {"violence_now", "他把我锁屋里"},
        {"violence_now", "老公正在打我"},
        {"violence_now", "他拿刀要砍我"},
        {"violence_now", "他在砸门"},
        {"violence_now", "我被关起来了"},
        {"violence_now", "救命他打我"},
        {"violence_now", "老公又打我"},
        {"violence_now", "我男人打我"},
        {"violence_now", "屋里的人打我"},
        {"violence_now", "额男人打额"},
        {"violence_now", "我爸打我妈"},
        {"violence_now", "我爸打她"},
        {"violence_now", "他掐我脖子"},
        {"violence_now", "他要杀我"},
        {"violence_now", "他堵在门口不让我走"},
        {"violence_now", "快救我，他又动手了"},
        {"violence_now", "老公喝醉了打我"},
        {"violence_now", "前夫拿刀在我家门口"},
        {"violence_now", "我男朋友不让我出门"},
        {"violence_now", "他现在正打我妹妹"},
        {"violence_now", "我躲在厕所他在外面砸门"},
        {"child", "14岁被老师强奸"},
        {"child", "十四岁被老师强奸"},
        {"child", "我女儿13岁被邻居摸了"},
        {"child", "我13岁，我爸天天打我"},
        {"child", "我妈把我锁在家里，我13岁"},
        {"child", "我妈把我锁在家里，不让我上学，我今年13岁"},
        {"child", "孩子被他爸锁在家里不给饭吃"},
        {"child", "后妈不给孩子饭吃"},
        {"child", "有人摸我孩子下面"},
        {"child", "老师摸我"},
        {"child", "我16岁被老板强奸了"},
        {"child", "我女儿被强奸了"},
        {"child", "孩子丢了"},
        {"child", "孩子走丢了"},
        {"child", "娃不见了"},
        {"child", "我儿子失踪了"},
        {"child", "五岁的孩子被抱走了"},
        {"child", "12岁女孩被网友骗去拍裸照"},
        {"child", "邻居天天打他家孩子"},
        {"child", "我才十五岁被他们逼着卖"},
        {"child", "老师强奸学生"},
        {"child", "6岁女孩被猥亵"},
        {"detained", "老公被抓了"},
        {"detained", "我儿子刚被警察带走"},
        {"detained", "我弟被刑拘了怎么办"},
        {"detained", "我爸被派出所抓走了"},
        {"detained", "家里人被抓了"},
        {"wage_extreme", "不给钱就跳"},
        {"wage_extreme", "不给钱就砍"},
        {"wage_extreme", "不给钱就烧"},
        {"wage_extreme", "不给工资我就跳楼"},
        {"wage_extreme", "我要去堵门爬塔吊"},
        {"wage_extreme", "我们要去堵路"},
        {"wage_extreme", "再不给钱就把工地点了"},
        {"wage_extreme", "不发工资我就去爬塔吊"},
        {"wage_extreme", "老板不给钱我跟他拼命"},
        {"wage_extreme", "我就在塔吊上，不给钱不下来"},
        {"wage_extreme", "我们准备去堵政府大门"},
        {"wage_extreme", "不给工资就砍他"},
        {"wage_extreme", "我要去堵老板的门"},
        {"wage_extreme", "拿不到工资我就从楼上跳下去"},
        {"missing_elder", "老人走丢了"},
        {"missing_elder", "我妈老年痴呆走丢了"},
        {"missing_elder", "我爸不见了"},
        {"missing_elder", "爷爷走失一天了"},
        {"medical_fire", "着火了"},
        {"medical_fire", "煤气中毒"},
        {"medical_fire", "有人触电了"},
        {"medical_fire", "我爸晕倒了"},
        {"medical_fire", "刚从架子掉下来腿断了"},
        {"medical_fire", "工友从架子掉下来了，躺在地上不动"},
        {"medical_fire", "我现在从楼上摔下来动不了"},
        {"medical_fire", "孩子误喝农药了"},
        {"medical_fire", "孩子喝了农药"},
        {"medical_fire", "手断了一直流血"},
        {"scam_now", "让我转账到安全账户"},
        {"scam_now", "对方让我转钱"},
        {"scam_now", "我刚被骗了两万"},
        {"scam_now", "刚给骗子转了钱"},
        {"scam_now", "正在给客服转账"},
        {"scam_now", "客服让我把验证码给他"},
        {"scam_now", "有人冒充公安让我转钱"},
        {"threat", "我要杀了他"},
        {"threat", "我要弄死他全家"},
        {"threat", "我要砍死他"},
        {"threat", "他说要杀我全家"},
        {"threat", "我要放火烧了他家"},
    }));
    INFO(text);
    CHECK_THAT(risks_of(text), VectorContains(risk));
}
// clang-format on

TEST_CASE("an injury told is no emergency, one that is happening is", "[nlu][risk]") {
    const auto [told, now] = GENERATE(table<std::string, std::string>({
        {"从架子掉下来腿断了", "刚从架子掉下来腿断了"},
        {"上个月从架子上掉下来腿断了", "从架子上掉下来，躺在地上动不了"},
        {"我爸在工地上从架子上掉下来腿断了", "工友从架子掉下来，没反应了"},
        {"去年摔断了腿，算工伤吗", "摔断了腿，一直流血，快救人"},
        {"在厂里手被夹断了，老板不赔", "手被机器夹住了，血止不住"},
    }));
    INFO(told << " / " << now);
    CHECK_THAT(risks_of(told), !VectorContains(std::string{"medical_fire"}));
    CHECK_THAT(risks_of(now), VectorContains(std::string{"medical_fire"}));
}

TEST_CASE("poison taken by mistake is for the doctor alone, taken on purpose is despair too", "[nlu][risk]") {
    CHECK(risks_of("孩子误喝了农药") == std::vector<std::string>{"medical_fire"});
    CHECK(risks_of("我准备喝农药") == std::vector<std::string>{"self_harm", "medical_fire"});
    CHECK(risks_of("吃了安眠药") == std::vector<std::string>{"self_harm", "medical_fire"});
}

TEST_CASE("a blow told as past raises no alarm and is still known", "[nlu][risk]") {
    const std::string text = GENERATE(as<std::string>{}, "我老公昨天打我了，我该咋办", "额屋里那口子天天打额，额想离婚",
                                      "前夫去年天天打我", "丈夫打过我好几回");
    INFO(text);
    const auto u = yuanda::test::shipped_reader().read(text);
    CHECK(u.risks.empty());
    CHECK(u.told == std::vector{yuanda::nlu::Risk::ViolenceNow});
    CHECK(u.topic() == "T07");
    CHECK(u.topics.front().p >= 0.6);
}

TEST_CASE("a question about the law or a quotation tells of nobody", "[nlu][risk]") {
    const std::string text =
        GENERATE(as<std::string>{}, "家暴怎么取证", "梦见老公打我", "他没打我", "老板拖欠工资怎么办");
    INFO(text);
    CHECK(yuanda::test::shipped_reader().read(text).told.empty());
}
