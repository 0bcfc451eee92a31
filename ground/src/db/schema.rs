//! The tables, one definition for both databases, as the PostgreSQL migrations make them.

diesel::table! {
    activity_records (id) {
        id -> Text,
        organisation_id -> Text,
        person_id -> Text,
        person_name -> Text,
        person_organisation -> Text,
        action -> Text,
        customer_id -> Nullable<Text>,
        customer_name -> Nullable<Text>,
        customer_sort_name -> Nullable<Text>,
        subject_kind -> Text,
        subject_id -> Text,
        subject_name -> Text,
        changes -> Text,
        result -> Text,
        occurred_at -> Timestamp,
    }
}

diesel::table! {
    address_links (token_hash) {
        token_hash -> Text,
        person_id -> Text,
        old_email -> Text,
        new_email -> Text,
        objection_hash -> Nullable<Text>,
        asked_at -> Timestamp,
        done_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    addressee_codes (request_id, organisation_id) {
        request_id -> Text,
        organisation_id -> Text,
        code_hash -> Text,
        expires_at -> Timestamp,
        tries_left -> Integer,
    }
}

diesel::table! {
    agreement_acceptances (organisation_id, agreement_id) {
        organisation_id -> Text,
        agreement_id -> Text,
        person_id -> Text,
        person_name -> Text,
        accepted_at -> Timestamp,
    }
}

diesel::table! {
    agreement_requests (id) {
        id -> Text,
        provider_id -> Text,
        draft_id -> Nullable<Text>,
        customer_id -> Nullable<Text>,
        agreement_id -> Nullable<Text>,
        requested_by -> Text,
        requested_by_name -> Text,
        requested_by_email -> Text,
        company_name -> Text,
        country -> Text,
        to_first_name -> Text,
        to_last_name -> Text,
        to_email -> Text,
        subject -> Text,
        body -> Text,
        token_hash -> Text,
        state -> Text,
        created_at -> Timestamp,
        sent_at -> Nullable<Timestamp>,
        expires_at -> Timestamp,
        answered_at -> Nullable<Timestamp>,
        answered_first_name -> Text,
        answered_last_name -> Text,
        decline_reason -> Text,
        revoked_by_name -> Text,
        version -> Integer,
        language -> Text,
    }
}

diesel::table! {
    customer_agreements (id) {
        id -> Text,
        country -> Text,
        version -> Integer,
        body -> Text,
        published_by_name -> Text,
        published_at -> Timestamp,
        language -> Text,
    }
}

diesel::table! {
    customer_acceptances (id) {
        id -> Text,
        customer_id -> Text,
        first_name -> Text,
        last_name -> Text,
        email -> Text,
        phone -> Text,
        accepted_on -> Date,
        attested_by -> Nullable<Text>,
        version -> Nullable<Integer>,
        recorded_at -> Timestamp,
        agreement_id -> Nullable<Text>,
    }
}

diesel::table! {
    previewed_files (id) {
        id -> Text,
        organisation_id -> Text,
        person_id -> Text,
        file_name -> Text,
        body -> Text,
        uploaded_at -> Timestamp,
        expires_at -> Timestamp,
        applied_at -> Nullable<Timestamp>,
        added -> Integer,
        changed -> Integer,
        refused -> Integer,
        purpose -> Text,
    }
}

diesel::table! {
    customer_users (id) {
        id -> Text,
        customer_id -> Text,
        user_name -> Text,
        is_first_admin -> Bool,
        created_at -> Timestamp,
        person_id -> Nullable<Text>,
        first_name -> Text,
        last_name -> Text,
        location -> Text,
        added_by_name -> Text,
        deleted_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    licenses (customer_id, offer_id, user_id) {
        customer_id -> Text,
        offer_id -> Text,
        user_id -> Text,
        plans_off -> Text,
        assigned_at -> Timestamp,
        assigned_by_name -> Text,
        released_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    pinned_offers (organisation_id, offer_id) {
        organisation_id -> Text,
        offer_id -> Text,
        pinned_at -> Timestamp,
    }
}

diesel::table! {
    offer_audiences (provider_id, offer_id) {
        provider_id -> Text,
        offer_id -> Text,
        rule -> Text,
        changed_at -> Timestamp,
        changed_by_name -> Text,
        version -> Integer,
    }
}

diesel::table! {
    listed_resellers (provider_id, offer_id, reseller_id) {
        provider_id -> Text,
        offer_id -> Text,
        reseller_id -> Text,
    }
}

diesel::table! {
    promotion_offers (promotion_id, offer_id) {
        promotion_id -> Text,
        offer_id -> Text,
    }
}

diesel::table! {
    promotions (id) {
        id -> Text,
        name -> Text,
        percent -> Integer,
        starts_on -> Date,
        ends_on -> Date,
        for_new_customers -> Bool,
        version -> Integer,
        created_at -> Timestamp,
        changed_at -> Timestamp,
        changed_by_name -> Text,
        ended_at -> Nullable<Timestamp>,
        ended_by_name -> Nullable<Text>,
    }
}

diesel::table! {
    user_picks (person_id, customer_id, user_id) {
        person_id -> Text,
        customer_id -> Text,
        user_id -> Text,
        picked_at -> Timestamp,
    }
}

diesel::table! {
    credential_sheets (id) {
        id -> Text,
        customer_id -> Text,
        person_id -> Text,
        made_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    sheet_credentials (sheet_id, user_id) {
        sheet_id -> Text,
        user_id -> Text,
        position -> Integer,
        sealed -> Text,
        set_at -> Timestamp,
    }
}

diesel::table! {
    customer_words (customer_id) {
        customer_id -> Text,
        parts -> Text,
    }
}

diesel::table! {
    customer_request_codes (request_id) {
        request_id -> Text,
        code_hash -> Text,
        expires_at -> Timestamp,
        tries_left -> Integer,
    }
}

diesel::table! {
    customer_requests (id) {
        id -> Text,
        provider_id -> Text,
        reseller_id -> Nullable<Text>,
        requested_by -> Text,
        requested_by_name -> Text,
        requested_by_email -> Text,
        to_email -> Text,
        to_name -> Text,
        includes_administration -> Bool,
        language -> Text,
        subject -> Text,
        body -> Text,
        token_hash -> Text,
        state -> Text,
        created_at -> Timestamp,
        sent_at -> Nullable<Timestamp>,
        reminded_at -> Nullable<Timestamp>,
        expires_at -> Timestamp,
        answered_at -> Nullable<Timestamp>,
        answered_by_name -> Text,
        company_name -> Text,
        customer_id -> Nullable<Text>,
        decline_reason -> Text,
        version -> Integer,
    }
}

diesel::table! {
    customers (id) {
        id -> Text,
        provider_id -> Text,
        company_name -> Text,
        sort_name -> Text,
        domain -> Text,
        search_text -> Text,
        country -> Text,
        address_line1 -> Text,
        address_line2 -> Text,
        city -> Text,
        state -> Text,
        postal_code -> Text,
        first_name -> Text,
        middle_name -> Text,
        last_name -> Text,
        email -> Text,
        phone -> Text,
        registration_id -> Text,
        culture -> Text,
        qualification -> Text,
        agreement -> Text,
        agreement_first_name -> Text,
        agreement_last_name -> Text,
        agreement_email -> Text,
        agreement_phone -> Text,
        agreement_on -> Nullable<Date>,
        agreement_attested_by -> Nullable<Text>,
        created_at -> Timestamp,
        version -> Integer,
        validation_code -> Text,
        agreement_version -> Nullable<Integer>,
        name_key -> Text,
        ended_at -> Nullable<Timestamp>,
        monthly_minor -> BigInt,
        resellers -> Integer,
        ending_on -> Nullable<Date>,
        ended_by_name -> Text,
        tenant_id -> Text,
        is_delegated -> Bool,
        undelegated_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    customer_selections (id) {
        id -> Text,
        person_id -> Text,
        is_all -> Bool,
        view -> Text,
        search -> Text,
        reseller -> Text,
        touched_at -> Timestamp,
    }
}

diesel::table! {
    selected_customers (selection_id, customer_id) {
        selection_id -> Text,
        customer_id -> Text,
    }
}

diesel::table! {
    delegation_plans (id) {
        id -> Text,
        customer_id -> Text,
        provider_id -> Text,
        delegation_id -> Nullable<Text>,
        reseller_id -> Nullable<Text>,
        begins_on -> Date,
        choices -> Text,
        state -> Text,
        obstacle -> Text,
        made_by -> Text,
        made_by_name -> Text,
        created_at -> Timestamp,
        settled_at -> Nullable<Timestamp>,
        settled_by_name -> Text,
    }
}

diesel::table! {
    delegations (id) {
        id -> Text,
        customer_id -> Text,
        reseller_id -> Text,
        provider_id -> Text,
        customer_sort_name -> Text,
        customer_domain -> Text,
        since -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        customer_monthly_minor -> BigInt,
        customer_agreement -> Text,
        customer_ending_on -> Nullable<Date>,
        customer_created_at -> Timestamp,
        given_by_name -> Text,
        ended_by_name -> Text,
        ends_on -> Nullable<Date>,
        reminded_days -> Nullable<Integer>,
        is_revoked -> Bool,
    }
}

diesel::table! {
    digests (person_id) {
        person_id -> Text,
        from_position -> Nullable<BigInt>,
        due_at -> Nullable<Timestamp>,
        sent_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    draft_lines (draft_id, offer_id) {
        draft_id -> Text,
        offer_id -> Text,
        quantity -> BigInt,
        billing -> Text,
    }
}

diesel::table! {
    drafts (id) {
        id -> Text,
        provider_id -> Text,
        made_by -> Text,
        made_by_name -> Text,
        customer_id -> Nullable<Text>,
        account -> Text,
        reseller_id -> Nullable<Text>,
        mpn_id -> Text,
        state -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        version -> Integer,
        domain -> Nullable<Text>,
        known_alike -> Text,
        base_id -> Nullable<Text>,
    }
}

diesel::table! {
    enrolment_links (token_hash) {
        token_hash -> Text,
        enrolment_id -> Text,
        person_name -> Text,
        sealed_next -> Nullable<Text>,
        mailed_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    enrolments (id) {
        id -> Text,
        kind -> Text,
        state -> Text,
        person_name -> Text,
        email -> Text,
        token_hash -> Text,
        expires_at -> Timestamp,
        form -> Text,
        company_name -> Text,
        country -> Text,
        password_hash -> Nullable<Text>,
        sealed_next -> Nullable<Text>,
        refusal_reason -> Text,
        started_at -> Timestamp,
        handed_in_at -> Nullable<Timestamp>,
        decided_at -> Nullable<Timestamp>,
        decided_by_name -> Nullable<Text>,
        organisation_id -> Nullable<Text>,
        version -> Integer,
        state_since -> Timestamp,
        sort_name -> Text,
        mpn_id -> Text,
        email_domain -> Nullable<Text>,
        language -> Text,
    }
}

diesel::table! {
    forgotten_passwords (id) {
        id -> Text,
        email -> Text,
        asked_at -> Timestamp,
    }
}

diesel::table! {
    jobs (id) {
        id -> Text,
        kind -> Text,
        payload -> Text,
        recurs -> Bool,
        state -> Text,
        due_at -> Timestamp,
        lease -> Nullable<Text>,
        leased_until -> Nullable<Timestamp>,
        attempts -> Integer,
        progress_done -> BigInt,
        progress_total -> Nullable<BigInt>,
        last_error -> Nullable<Text>,
        failed_at -> Nullable<Timestamp>,
        ended_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
        organisation_id -> Nullable<Text>,
        asked_by -> Nullable<Text>,
        answer -> Nullable<Text>,
    }
}

diesel::table! {
    known_browsers (token_hash, person_id) {
        token_hash -> Text,
        person_id -> Text,
        first_seen_at -> Timestamp,
        last_seen_at -> Timestamp,
    }
}

diesel::table! {
    foldings (name) {
        name -> Text,
        version -> Integer,
        reached -> Nullable<Text>,
    }
}

diesel::table! {
    letters (id) {
        id -> Text,
        organisation_id -> Text,
        subject_kind -> Text,
        subject_id -> Text,
        to_email -> Text,
        reply_to -> Nullable<Text>,
        subject -> Text,
        body_text -> Text,
        body_html -> Text,
        state -> Text,
        attempts -> Integer,
        due_at -> Timestamp,
        leased_until -> Nullable<Timestamp>,
        last_error -> Nullable<Text>,
        created_at -> Timestamp,
        sent_at -> Nullable<Timestamp>,
        by_hand -> Bool,
        lease -> Nullable<Text>,
        trouble -> Nullable<Text>,
        unconfirmed -> Integer,
    }
}

diesel::table! {
    mail_standing (id) {
        id -> Integer,
        trouble -> Text,
        said -> Nullable<Text>,
        since -> Timestamp,
        last_at -> Timestamp,
        tries -> Integer,
        held_until -> Nullable<Timestamp>,
    }
}

diesel::table! {
    locations (id) {
        id -> Text,
        organisation_id -> Text,
        name -> Text,
        mpn_id -> Text,
        is_head_office -> Bool,
        country -> Text,
        city -> Text,
        created_at -> Timestamp,
        address_line1 -> Text,
        address_line2 -> Text,
        address_state -> Text,
        postal_code -> Text,
        contact_name -> Text,
        contact_email -> Text,
        contact_phone -> Text,
        version -> Integer,
        sort_name -> Text,
    }
}

diesel::table! {
    muted_notifications (person_id, kind) {
        person_id -> Text,
        kind -> Text,
    }
}

diesel::table! {
    notifications (id) {
        id -> Text,
        organisation_id -> Text,
        position -> Nullable<BigInt>,
        kind -> Text,
        customer_id -> Nullable<Text>,
        customer_name -> Text,
        subject_kind -> Text,
        subject_id -> Text,
        subject_name -> Text,
        old_value -> Text,
        new_value -> Text,
        by_name -> Text,
        by_organisation -> Text,
        occurred_at -> Timestamp,
        known_to -> Nullable<Text>,
    }
}

diesel::table! {
    offer_prerequisites (add_on_id, base_id) {
        add_on_id -> Text,
        base_id -> Text,
    }
}

diesel::table! {
    offer_prices (offer_id, currency, valid_from) {
        offer_id -> Text,
        currency -> Text,
        valid_from -> Date,
        monthly_minor -> BigInt,
        annual_minor -> BigInt,
        retail_monthly_minor -> Nullable<BigInt>,
        retail_annual_minor -> Nullable<BigInt>,
        is_sold -> Bool,
    }
}

diesel::table! {
    offer_upgrades (offer_id, target_id) {
        offer_id -> Text,
        target_id -> Text,
    }
}

diesel::table! {
    offers (id) {
        id -> Text,
        name -> Text,
        sort_name -> Text,
        description -> Text,
        category -> Text,
        unit -> Text,
        minimum -> BigInt,
        maximum -> BigInt,
        limit_scope -> Text,
        limit_count -> Integer,
        is_trial -> Bool,
        is_add_on -> Bool,
        billed_monthly -> Bool,
        billed_annually -> Bool,
        term_months -> Integer,
        qualification -> Text,
        countries -> Text,
        converts_to -> Nullable<Text>,
        is_available -> Bool,
        code -> Text,
        version -> Integer,
        created_at -> Timestamp,
        changed_at -> Timestamp,
        changed_by_name -> Text,
        service_plans -> Text,
        publisher -> Text,
        reduction_days -> Integer,
        cancellation_days -> Integer,
    }
}

diesel::table! {
    order_lines (order_id, position) {
        order_id -> Text,
        position -> Integer,
        subscription_id -> Text,
        offer_id -> Text,
        offer_name -> Text,
        unit -> Text,
        quantity -> BigInt,
        billing -> Text,
        unit_price_minor -> BigInt,
        mpn_id -> Text,
        promotion_name -> Text,
    }
}

diesel::table! {
    order_numbers (provider_id, year) {
        provider_id -> Text,
        year -> Integer,
        last -> Integer,
    }
}

diesel::table! {
    orders (id) {
        id -> Text,
        number -> Text,
        provider_id -> Text,
        customer_id -> Text,
        draft_id -> Nullable<Text>,
        placed_by_name -> Text,
        currency -> Text,
        monthly_minor -> BigInt,
        annual_minor -> BigInt,
        created_customer -> Bool,
        placed_at -> Timestamp,
        state -> Text,
        cancellable_until -> Nullable<Timestamp>,
        cancelled_at -> Nullable<Timestamp>,
        cancelled_by -> Nullable<Text>,
        cancelled_by_name -> Nullable<Text>,
        company_name -> Nullable<Text>,
        batch_id -> Nullable<Text>,
        transfer_id -> Nullable<Text>,
        upfront_minor -> BigInt,
        is_by_customer -> Bool,
    }
}

diesel::table! {
    organisations (id) {
        id -> Text,
        kind -> Text,
        name -> Text,
        country -> Text,
        currency -> Text,
        state -> Text,
        support_email -> Text,
        support_telephone -> Text,
        support_website -> Text,
        created_at -> Timestamp,
        sort_name -> Text,
        address_line1 -> Text,
        address_line2 -> Text,
        city -> Text,
        address_state -> Text,
        postal_code -> Text,
        contact_first_name -> Text,
        contact_last_name -> Text,
        contact_email -> Text,
        contact_phone -> Text,
        suspended_at -> Nullable<Timestamp>,
        suspension_reason -> Text,
        version -> Integer,
        requires_second_factor -> Bool,
        name_key -> Text,
    }
}

diesel::table! {
    partner_agreements (id) {
        id -> Text,
        audience -> Text,
        version -> Integer,
        body -> Text,
        published_by_name -> Text,
        published_at -> Timestamp,
    }
}

diesel::table! {
    partnership_requests (id) {
        id -> Text,
        provider_id -> Text,
        requested_by -> Text,
        requested_by_name -> Text,
        requested_by_email -> Text,
        to_email -> Text,
        subject -> Text,
        body -> Text,
        token_hash -> Text,
        state -> Text,
        created_at -> Timestamp,
        sent_at -> Nullable<Timestamp>,
        expires_at -> Timestamp,
        answered_at -> Nullable<Timestamp>,
        answered_by_name -> Nullable<Text>,
        reseller_id -> Nullable<Text>,
        decline_reason -> Nullable<Text>,
        version -> Integer,
        addressee_only -> Bool,
        answered_by_email -> Nullable<Text>,
        language -> Text,
    }
}

diesel::table! {
    partnerships (id) {
        id -> Text,
        provider_id -> Text,
        reseller_id -> Text,
        location_id -> Text,
        request_id -> Nullable<Text>,
        reseller_sort_name -> Text,
        state -> Text,
        accepted_by_name -> Text,
        since -> Timestamp,
        removed_at -> Nullable<Timestamp>,
        removed_by_name -> Nullable<Text>,
    }
}

diesel::table! {
    password_links (token_hash) {
        token_hash -> Text,
        person_id -> Text,
        purpose -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    people (id) {
        id -> Text,
        organisation_id -> Text,
        name -> Text,
        email -> Text,
        password_hash -> Text,
        must_change_password -> Bool,
        state -> Text,
        time_zone -> Text,
        created_at -> Timestamp,
        sort_name -> Text,
        version -> Integer,
        invited_at -> Nullable<Timestamp>,
        deactivated_at -> Nullable<Timestamp>,
        purged_at -> Nullable<Timestamp>,
        password_set_at -> Nullable<Timestamp>,
        signed_in_at -> Nullable<Timestamp>,
        email_domain -> Nullable<Text>,
        mailbox_proved_at -> Nullable<Timestamp>,
        second_factor_asked_at -> Nullable<Timestamp>,
        language -> Nullable<Text>,
    }
}

diesel::table! {
    person_roles (person_id, role) {
        person_id -> Text,
        role -> Text,
    }
}

diesel::table! {
    pulse (id) {
        id -> Integer,
        beats -> BigInt,
    }
}

diesel::table! {
    qualification_reviews (id) {
        id -> Text,
        customer_id -> Text,
        provider_id -> Text,
        website -> Text,
        state -> Text,
        state_since -> Timestamp,
        asked_by -> Text,
        asked_by_name -> Text,
        asked_at -> Timestamp,
        decided_by_name -> Nullable<Text>,
        reason -> Text,
        version -> Integer,
    }
}

diesel::table! {
    validation_codes (id) {
        id -> Text,
        provider_id -> Text,
        code -> Text,
        maximum -> Integer,
        used -> Integer,
        issued_by_name -> Text,
        issued_at -> Timestamp,
        closed_at -> Nullable<Timestamp>,
        closed_by_name -> Nullable<Text>,
    }
}

diesel::table! {
    validation_code_uses (code_id, customer_id) {
        code_id -> Text,
        customer_id -> Text,
        used_at -> Timestamp,
    }
}

diesel::table! {
    recovery_codes (code_hash) {
        code_hash -> Text,
        person_id -> Text,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    renewal_letters (person_id) {
        person_id -> Text,
        days_ahead -> Integer,
        next_on -> Date,
    }
}

diesel::table! {
    second_factors (person_id) {
        person_id -> Text,
        sealed_key -> Text,
        last_step -> BigInt,
        since -> Timestamp,
    }
}

diesel::table! {
    sign_in_throttles (subject) {
        subject -> Text,
        failures -> Integer,
        closed_until -> Timestamp,
        forgotten_at -> Timestamp,
    }
}

diesel::table! {
    sign_ins (token_hash) {
        token_hash -> Text,
        person_id -> Text,
        device -> Text,
        address -> Text,
        created_at -> Timestamp,
        last_seen_at -> Timestamp,
        confirmed_at -> Nullable<Timestamp>,
        awaits_code -> Bool,
    }
}

diesel::table! {
    security_events (id) {
        id -> Text,
        organisation_id -> Text,
        person_id -> Text,
        person_name -> Text,
        kind -> Text,
        detail -> Text,
        address -> Text,
        hour -> Timestamp,
        times -> Integer,
        first_at -> Timestamp,
        last_at -> Timestamp,
    }
}

diesel::table! {
    wrong_tries (id) {
        id -> Text,
        person_id -> Nullable<Text>,
        kind -> Text,
        address -> Text,
        tried_at -> Timestamp,
    }
}

diesel::table! {
    quantity_changes (id) {
        id -> Text,
        subscription_id -> Text,
        provider_id -> Text,
        old_quantity -> BigInt,
        new_quantity -> BigInt,
        dropped_plan -> Nullable<BigInt>,
        unit_price_minor -> BigInt,
        made_by_id -> Text,
        made_by_name -> Text,
        organisation_id -> Text,
        organisation_name -> Text,
        made_at -> Timestamp,
        undo_until -> Timestamp,
        undone_at -> Nullable<Timestamp>,
        is_latest -> Bool,
    }
}

diesel::table! {
    subscriptions (id) {
        id -> Text,
        customer_id -> Text,
        provider_id -> Text,
        order_id -> Text,
        offer_id -> Text,
        offer_name -> Text,
        nickname -> Text,
        sort_name -> Text,
        unit -> Text,
        quantity -> BigInt,
        status -> Text,
        billing -> Text,
        currency -> Text,
        unit_price_minor -> BigInt,
        is_trial -> Bool,
        parent_id -> Nullable<Text>,
        mpn_id -> Text,
        mpn_reseller_id -> Nullable<Text>,
        support_organisation_id -> Text,
        created_at -> Timestamp,
        starts_on -> Date,
        renews_on -> Date,
        suspended_at -> Nullable<Timestamp>,
        suspension_reason -> Nullable<Text>,
        kept_until -> Nullable<Date>,
        version -> Integer,
        term_months -> Integer,
        auto_renews -> Bool,
        ended_on -> Nullable<Date>,
        end_reason -> Nullable<Text>,
        trial_offer_id -> Nullable<Text>,
        renewal_quantity -> Nullable<BigInt>,
        upgraded_from_id -> Nullable<Text>,
        promotion_id -> Nullable<Text>,
        entitlement_id -> Nullable<Text>,
    }
}

diesel::table! {
    endings (id) {
        id -> Text,
        customer_id -> Text,
        provider_id -> Text,
        state -> Text,
        planned_on -> Nullable<Date>,
        due_at -> Nullable<Timestamp>,
        by_person -> Text,
        by_name -> Text,
        by_email -> Text,
        letter_language -> Text,
        letter_subject -> Text,
        letter_text -> Text,
        installation -> Text,
        hindrance -> Nullable<Text>,
        created_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        state_since -> Timestamp,
        closed_by_name -> Nullable<Text>,
        consent_name -> Nullable<Text>,
        consent_email -> Nullable<Text>,
        consent_on -> Nullable<Date>,
        consent_by_name -> Nullable<Text>,
        version -> Integer,
    }
}

diesel::table! {
    ended_delegations (ending_id, delegation_id) {
        ending_id -> Text,
        delegation_id -> Text,
    }
}

diesel::table! {
    handovers (id) {
        id -> Text,
        provider_id -> Text,
        former_id -> Nullable<Text>,
        reseller_id -> Nullable<Text>,
        begins_on -> Nullable<Date>,
        choices -> Text,
        state -> Text,
        gathered -> Text,
        total -> BigInt,
        done -> BigInt,
        unchanged -> BigInt,
        refused -> BigInt,
        subscriptions -> BigInt,
        begun_by -> Text,
        begun_by_name -> Text,
        begun_at -> Timestamp,
        settled_at -> Nullable<Timestamp>,
        settled_by_name -> Text,
        job_id -> Text,
    }
}

diesel::table! {
    handover_customers (handover_id, customer_id) {
        handover_id -> Text,
        customer_id -> Text,
        position -> BigInt,
        result -> Text,
        why -> Text,
        settled_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    exports (id) {
        id -> Text,
        organisation_id -> Text,
        person_id -> Text,
        person_name -> Text,
        route -> Text,
        path -> Text,
        query -> Text,
        filter -> Text,
        format -> Text,
        language -> Text,
        name -> Text,
        state -> Text,
        row_count -> BigInt,
        byte_count -> BigInt,
        downloads -> BigInt,
        asked_at -> Timestamp,
        settled_at -> Nullable<Timestamp>,
        expires_at -> Nullable<Timestamp>,
        job_id -> Text,
        settled_by_name -> Nullable<Text>,
        selection_id -> Nullable<Text>,
    }
}

diesel::table! {
    export_pieces (export_id, number) {
        export_id -> Text,
        number -> BigInt,
        body -> Text,
    }
}

diesel::table! {
    batches (id) {
        id -> Text,
        organisation_id -> Text,
        customer_id -> Nullable<Text>,
        person_id -> Text,
        person_name -> Text,
        file_name -> Text,
        file_hash -> Text,
        byte_count -> BigInt,
        head -> Text,
        state -> Text,
        row_count -> BigInt,
        tally -> Text,
        memory -> Text,
        reached -> BigInt,
        uploaded_at -> Timestamp,
        applied_at -> Nullable<Timestamp>,
        applied_by_name -> Text,
        settled_at -> Nullable<Timestamp>,
        settled_by_name -> Text,
        handed_at -> Nullable<Timestamp>,
        handed_by_name -> Text,
        expires_at -> Nullable<Timestamp>,
        worker_id -> Text,
        job_id -> Text,
    }
}

diesel::table! {
    batch_pieces (batch_id, number) {
        batch_id -> Text,
        number -> BigInt,
        body -> Text,
    }
}

diesel::table! {
    batch_rows (batch_id, number) {
        batch_id -> Text,
        number -> BigInt,
        line -> BigInt,
        cells -> Text,
        subject -> Text,
        likeness -> Text,
        second_likeness -> Text,
        third_likeness -> Text,
        verdict -> Text,
        result -> Text,
        why -> Text,
        choice -> Nullable<Text>,
        made_id -> Nullable<Text>,
        undo -> Nullable<Text>,
        built_on -> Nullable<Text>,
        password_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    azure_accounts (customer_id) {
        customer_id -> Text,
        provider_id -> Text,
        currency -> Text,
        month -> Date,
        last_day -> Nullable<Date>,
        spent_millionths -> BigInt,
        budget_minor -> Nullable<BigInt>,
        standing -> Text,
        version -> Integer,
    }
}

diesel::table! {
    azure_alerts (customer_id, month, standing) {
        customer_id -> Text,
        month -> Date,
        standing -> Text,
        reached_at -> Timestamp,
    }
}

diesel::table! {
    usage_days (subscription_id, day, service) {
        subscription_id -> Text,
        day -> Date,
        service -> Text,
        customer_id -> Text,
        cost_millionths -> BigInt,
    }
}

diesel::table! {
    usage_months (customer_id, month) {
        customer_id -> Text,
        month -> Date,
        last_day -> Date,
        cost_millionths -> BigInt,
    }
}

diesel::table! {
    usage_rows (subscription_id, day, meter) {
        subscription_id -> Text,
        day -> Date,
        meter -> Text,
        service -> Text,
        used -> Text,
        unit -> Text,
        cost_millionths -> BigInt,
    }
}

diesel::table! {
    reservation_products (id) {
        id -> Text,
        name -> Text,
        region -> Text,
        sort_name -> Text,
        is_available -> Bool,
        changed_at -> Timestamp,
        changed_by_name -> Text,
        version -> Integer,
    }
}

diesel::table! {
    reservation_prices (product_id, term_years, currency) {
        product_id -> Text,
        term_years -> Integer,
        currency -> Text,
        total_minor -> BigInt,
    }
}

diesel::table! {
    reservations (id) {
        id -> Text,
        order_id -> Text,
        customer_id -> Text,
        provider_id -> Text,
        subscription_id -> Text,
        scope -> Text,
        product_id -> Text,
        product_name -> Text,
        region -> Text,
        term_years -> Integer,
        quantity -> BigInt,
        payment -> Text,
        currency -> Text,
        total_minor -> BigInt,
        mpn_id -> Text,
        reseller_id -> Nullable<Text>,
        bought_by_id -> Text,
        bought_by_name -> Text,
        is_by_customer -> Bool,
        bought_at -> Timestamp,
        starts_on -> Date,
        expires_on -> Date,
        state -> Text,
    }
}

diesel::table! {
    customer_purchases (customer_id) {
        customer_id -> Text,
        limit_minor -> BigInt,
        currency -> Text,
        allowed_at -> Timestamp,
        allowed_by_name -> Text,
    }
}

diesel::table! {
    tenant_owners (id) {
        id -> Text,
        subscription_id -> Text,
        customer_id -> Text,
        reseller_id -> Text,
        given_at -> Timestamp,
        given_by_name -> Text,
        ended_at -> Nullable<Timestamp>,
        ended_by_name -> Text,
        end_reason -> Nullable<Text>,
    }
}

diesel::table! {
    transfers (id) {
        id -> Text,
        kind -> Text,
        provider_id -> Text,
        customer_id -> Text,
        company_id -> Text,
        company_name -> Text,
        search_text -> Text,
        source_id -> Text,
        source_name -> Text,
        target_id -> Nullable<Text>,
        target_name -> Text,
        target_mpn_id -> Text,
        target_customer_id -> Nullable<Text>,
        starter_id -> Text,
        started_by -> Text,
        started_by_name -> Text,
        started_at -> Timestamp,
        message -> Text,
        state -> Text,
        is_shown -> Bool,
        open_until -> Date,
        to_name -> Text,
        to_email -> Text,
        token_hash -> Text,
        settled_at -> Nullable<Timestamp>,
        settled_by_name -> Text,
        reason -> Text,
        version -> Integer,
    }
}

diesel::table! {
    transfer_items (transfer_id, subscription_id) {
        transfer_id -> Text,
        subscription_id -> Text,
        position -> BigInt,
        parent_id -> Nullable<Text>,
        offer_name -> Text,
        nickname -> Text,
        unit -> Text,
        quantity -> BigInt,
        billing -> Text,
        currency -> Text,
        unit_price_minor -> BigInt,
        renews_on -> Date,
        result -> Text,
        why -> Text,
        became_id -> Nullable<Text>,
    }
}

diesel::table! {
    transfer_answers (transfer_id, side) {
        transfer_id -> Text,
        side -> Text,
        is_yes -> Bool,
        by_name -> Text,
        by_link -> Bool,
        reason -> Text,
        at -> Timestamp,
    }
}

diesel::joinable!(address_links -> people (person_id));
diesel::joinable!(agreement_acceptances -> partner_agreements (agreement_id));
diesel::joinable!(agreement_requests -> customer_agreements (agreement_id));
diesel::joinable!(customer_words -> customers (customer_id));
diesel::joinable!(delegations -> customers (customer_id));
diesel::joinable!(enrolment_links -> enrolments (enrolment_id));
diesel::joinable!(locations -> organisations (organisation_id));
diesel::joinable!(partnerships -> partnership_requests (request_id));
diesel::joinable!(password_links -> people (person_id));
diesel::joinable!(person_roles -> people (person_id));
diesel::joinable!(second_factors -> people (person_id));
diesel::joinable!(sheet_credentials -> credential_sheets (sheet_id));
diesel::joinable!(sheet_credentials -> customer_users (user_id));

/// Says which tables stand in one query with which. Between all of them there would be a thousand pairs with eighteen
/// implementations each, and the compiler would spend a good part of its time on those that nobody asks for.
macro_rules! allow_together {
    ($($left:ident: $($right:ident),+;)+) => {
        $($(diesel::allow_tables_to_appear_in_same_query!($left, $right);)+)+
    };
}

// Each pair stands once: with whichever of the two is named first.
allow_together! {
    azure_accounts: customers, delegations, subscriptions;
    organisations: agreement_acceptances, customers, delegations, letters, listed_resellers, locations, orders, partnership_requests, partnerships, password_links, people, second_factors, security_events, sign_ins, subscriptions, qualification_reviews, customer_requests;
    people: activity_records, address_links, customer_users, known_browsers, licenses, partnership_requests, partnerships, password_links, person_roles, second_factors, sign_ins;
    customer_users: licenses, user_picks;
    customers: customer_words, delegations, drafts, endings, handover_customers, orders, qualification_reviews, subscriptions;
    enrolments: enrolment_links;
    exports: export_pieces;
    quantity_changes: customers, subscriptions;
    reservations: customers, delegations, organisations;
    batches: batch_pieces, batch_rows;
    offers: offer_prerequisites, offer_prices, offer_upgrades, order_lines, promotion_offers, subscriptions;
    offer_audiences: listed_resellers;
    promotions: promotion_offers;
    partnerships: agreement_acceptances, delegations, locations, partnership_requests;
    subscriptions: delegations, order_lines;
    agreement_requests: customer_agreements;
    sheet_credentials: credential_sheets, customer_users, people;
    delegations: locations, orders;
    partnership_requests: locations;
    sign_ins: second_factors;
    agreement_acceptances: locations, partner_agreements;
    transfers: transfer_items;
}
