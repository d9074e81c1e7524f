package dev.lockstep.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The plan as people and fingerprints read it. */
class ExplainTest {

  @Test
  void explain() {
    FeaturePlan plan = FeaturePlan.of(Shop.fraud(), Shop.label());
    assertEquals(
        """
        feature set fraud_v1: 7 features for each event of swipes, emitted ordered
        fingerprint d3156b7f62b0231a587f468fdc841e81f7c2d41d11cb11f38b5fc7e4b24f56d4

        sources
          source swipes (topic swipes), reads [id, at, card, amount, merchant]
              event time at, available at record timestamp, sequence partition and offset, id id, lateness 24h
          source refunds (topic refunds), reads [at, card]
              event time at, available at record timestamp, sequence partition and offset, id none, lateness 24h
          table accounts (topic accounts), reads [since, card, limit]
              effective from since, available at effect, deleted never
          source chargebacks (topic chargebacks), reads [at, swipe, fraud]
              event time at, available at record timestamp, sequence partition and offset, id none, lateness 24h

        view card_activity over swipes by card (card), asked by request.card
          swipes_10m                       LONG     count() over last(10m)
          amount_avg_1h                    DOUBLE   avg(amount) over last(1h), excluding the request
          merchants_24h                    LONG     distinct(merchant) over last(24h)
          state: events of the last 2d, fingerprint 564f03d2a5af8171

        view card_refunds over refunds by card (card), asked by request.card
          refunds_24h                      LONG     count() over last(24h)
          state: events of the last 2d, fingerprint 9436ba9115c3c94e

        lookup accounts by request.card: of the versions known by then, the latest in effect

        label fraud from chargebacks: fraud

        vector
           0  swipes_10m                   LONG     view card_activity
           1  amount_avg_1h                DOUBLE   view card_activity
           2  merchants_24h                LONG     view card_activity
           3  refunds_24h                  LONG     view card_refunds
           4  limit                        DOUBLE   table accounts.limit
           5  amount                       DOUBLE   request.amount
           6  amount_over_avg              DOUBLE   request.amount / amount_avg_1h
        """,
        plan.explain());
  }

  @Test
  void text() {
    assertEquals(
        """
        lockstep plan 1
        set fraud_v1 requests swipes emit ORDERED
        source swipes id id:text? event_time at:instant? available_at - sequence - deleted - lateness 86400000000 clock_skew 300000000 copies by [id STRING,card STRING,merchant STRING,amount DOUBLE,at INSTANT]
        source swipes id id:text? event_time at:instant? available_at - sequence - deleted - lateness 86400000000 clock_skew 300000000 copies by [id STRING,card STRING,merchant STRING,amount DOUBLE,at INSTANT]
        view card_activity entity card by card:text?
          swipes_10m = count() LONG -> LONG last 600000000 including request
          amount_avg_1h = avg(amount:double) DOUBLE -> DOUBLE last 3600000000 excluding request
          merchants_24h = distinct(merchant:text?) STRING -> LONG last 86400000000 including request
          asked by card:text?
        source refunds id - event_time at:instant? available_at - sequence - deleted - lateness 86400000000 clock_skew 300000000
        view card_refunds entity card by card:text?
          refunds_24h = count() LONG -> LONG last 86400000000 including request
          asked by card:text?
        lookup accounts by card:text? asked by card:text? fields limit:double?
        table accounts id - event_time since:instant? available_at - sequence - deleted - lateness 9223372036854775807 clock_skew 9223372036854775807
        feature swipes_10m LONG from card_activity[0]
        feature amount_avg_1h DOUBLE from card_activity[1]
        feature merchants_24h LONG from card_activity[2]
        feature refunds_24h LONG from card_refunds[0]
        feature limit DOUBLE from accounts_2[0]
        feature amount DOUBLE from request.amount:double of DOUBLE
        feature amount_over_avg DOUBLE from (request.amount:double / amount_avg_1h) of DOUBLE,DOUBLE
        """,
        FeaturePlan.of(Shop.fraud()).text());
  }
}
