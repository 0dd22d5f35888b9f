#include "store/open.hpp"

#include <gtest/gtest.h>

namespace regulars::store {
namespace {

TEST(store_url, hides_passwords) {
    struct Case {
        const char* url;
        const char* shown;
    };
    for (const auto& [url, shown] : std::vector<Case>{
             {"sqlite:/var/lib/regulars/shop.db", "sqlite:/var/lib/regulars/shop.db"},
             {"memory:trial", "memory:trial"},
             {"postgres:host=db password=secret dbname=shop", "postgres:host=db password=*** dbname=shop"},
             {"postgres:password = 'it\\'s secret' host=db", "postgres:password = *** host=db"},
             {"postgres:host=db password=secret", "postgres:host=db password=***"},
             {"postgres:host=db password='secret", "postgres:host=db password=***"},
             {"postgresql://shop:secret@db:5432/shop", "postgresql://shop:***@db:5432/shop"},
             {"postgresql://shop:se@cr:et@db/shop", "postgresql://shop:***@db/shop"},
             {"postgresql://shop@db/shop", "postgresql://shop@db/shop"},
             {"postgresql://db:5432/shop?user=shop&password=secret&sslmode=require",
              "postgresql://db:5432/shop?user=shop&password=***&sslmode=require"},
             {"postgres:host=db sslpassword=secret", "postgres:host=db sslpassword=***"},
             {"postgres:password", "postgres:password"},
             {"postgres:password =", "postgres:password =***"}})
        EXPECT_EQ(redacted(url), shown);
}

TEST(store_url, that_names_no_database_is_refused) {
    for (const auto* url : {"", "shop.db", "sqlite:", "postgres:", "mysql://shop:secret@db/shop", "Sqlite:shop.db"}) {
        const auto opened = open_store(url);
        ASSERT_FALSE(opened.has_value()) << url;
        EXPECT_EQ(opened.error().error, service::StoreError::not_found);
        EXPECT_NE(opened.error().detail.find("sqlite:PATH"), std::string::npos);
        EXPECT_EQ(opened.error().detail.find("secret"), std::string::npos);
    }
}

TEST(store_url, that_leads_nowhere_is_unavailable_and_says_no_password) {
    for (const auto* url : {"sqlite:/no/such/folder/shop.db", "sqlite:a=b.db", "sqlite::memory:",
                            "postgres:host=127.0.0.1 port=1 user=shop password=secret dbname=shop connect_timeout=2",
                            "postgresql://shop:secret@127.0.0.1:1/shop"}) {
        const auto opened = open_store(url);
        ASSERT_FALSE(opened.has_value()) << url;
        EXPECT_EQ(opened.error().error, service::StoreError::unavailable) << opened.error().detail;
        EXPECT_EQ(opened.error().detail.find("secret"), std::string::npos) << opened.error().detail;
    }
}

TEST(memory_store, is_shared_by_name_and_has_no_schema_and_no_backup) {
    const auto change = migrate_database("memory:open_test");
    ASSERT_TRUE(change.has_value());
    EXPECT_EQ(change->after, 0u);
    const auto first = open_store("memory:open_test").value();
    const auto second = open_store("memory:open_test").value();
    const auto other = open_store("memory:open_test_other").value();
    ASSERT_TRUE(first->set_setting("clock_start", "1").has_value());
    EXPECT_EQ(second->setting("clock_start").value(), "1");
    EXPECT_EQ(other->setting("clock_start").value(), std::nullopt);
    const auto backup = first->backup("copy.db");
    ASSERT_FALSE(backup.has_value());
    EXPECT_EQ(backup.error().error, service::StoreError::not_found);
}

}  // namespace
}  // namespace regulars::store
