using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Rules;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;

namespace MesoClinic.Domain.Tests.Booking;

public sealed class AppointmentTests
{
    private static readonly DateTime Now = new(2026, 6, 1, 8, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Later = Now.AddDays(10);

    [Theory]
    [InlineData(AppointmentKind.Session, Decision.Allow, false)]
    [InlineData(AppointmentKind.Session, Decision.AllowWithCaution, false)]
    [InlineData(AppointmentKind.Session, Decision.PhysicianReview, true)]
    [InlineData(AppointmentKind.Session, Decision.Incomplete, true)]
    [InlineData(AppointmentKind.AllergyTest, Decision.Incomplete, true)]
    [InlineData(AppointmentKind.Consultation, Decision.Incomplete, false)]
    [InlineData(AppointmentKind.FollowUp, Decision.PhysicianReview, false)]
    public void The_first_assessment_decides_whether_a_booking_is_provisional(AppointmentKind kind, Decision decision, bool provisional)
    {
        var appointment = At(Later, kind);

        appointment.Judge(Says(decision, appointment));

        Assert.Equal(provisional, appointment.IsProvisional);
        Assert.Equal(decision, appointment.Decision);
    }

    [Fact]
    public void An_assessment_that_permits_the_treatment_confirms_a_provisional_booking()
    {
        var appointment = At(Later);
        appointment.Judge(Says(Decision.Incomplete, appointment));

        appointment.Judge(Says(Decision.Allow, appointment));

        Assert.False(appointment.IsProvisional);
    }

    [Fact]
    public void A_later_assessment_neither_prolongs_a_provisional_booking_nor_puts_a_confirmed_one_on_a_clock()
    {
        var provisional = At(Later);
        provisional.Judge(Says(Decision.Incomplete, provisional));
        var confirmed = At(Later);
        confirmed.Judge(Says(Decision.Allow, confirmed));

        provisional.Judge(Says(Decision.PhysicianReview, provisional, Now.AddHours(50)));
        confirmed.Judge(Says(Decision.Incomplete, confirmed, Now.AddHours(50)));

        Assert.Equal(Now.AddHours(72), provisional.ProvisionalUntilUtc);
        Assert.False(confirmed.IsProvisional);
        Assert.Equal(Decision.Incomplete, confirmed.Decision);
    }

    [Theory]
    [InlineData(240, 72)]
    [InlineData(96, 72)]
    [InlineData(60, 36)]
    [InlineData(24, 24)]
    [InlineData(5, 5)]
    public void A_provisional_booking_holds_its_slots_for_72_hours_or_until_a_day_before_its_start(int startsInHours, int holdsHours) =>
        Assert.Equal(Now.AddHours(holdsHours), Appointment.ProvisionalDeadline(Now, Now.AddHours(startsInHours)));

    [Fact]
    public void Moving_keeps_the_claims_that_both_times_need_and_gives_the_others_back()
    {
        var appointment = At(Later);
        appointment.ClaimSlots();
        var kept = appointment.Claims.Single(claim => claim.Resource == ResourceKind.Room && claim.SlotUtc == Later.AddMinutes(20));

        appointment.MoveTo(new Spot(Later.AddMinutes(15), Later.AddMinutes(45), Later.AddMinutes(15), appointment.PractitionerId, appointment.RoomId));

        Assert.Equal(3 * 6, appointment.Claims.Count);
        Assert.Contains(kept, appointment.Claims);
        Assert.All(appointment.Claims, claim => Assert.InRange(claim.SlotUtc, Later.AddMinutes(15), Later.AddMinutes(40)));
        Assert.Null(appointment.AssessmentId);
    }

    [Fact]
    public void A_cancelled_appointment_holds_nothing_and_cannot_be_cancelled_again()
    {
        var appointment = At(Later);
        appointment.ClaimSlots();

        appointment.Cancel(CancelCode.PatientIll, "Flu", Now);

        Assert.Empty(appointment.Claims);
        Assert.Throws<InvalidOperationException>(() => appointment.Cancel(CancelCode.Other, "Again", Now));
    }

    [Fact]
    public void A_provisional_appointment_cannot_be_checked_in()
    {
        var appointment = At(Later);
        appointment.Judge(Says(Decision.Incomplete, appointment));

        Assert.Throws<InvalidOperationException>(() => appointment.CheckIn(Now));
    }

    [Fact]
    public void A_session_is_never_simply_done()
    {
        var appointment = At(Later);
        appointment.Arrive(Now);

        Assert.False(appointment.MayComplete);
    }

    private static Appointment At(DateTime startUtc, AppointmentKind kind = AppointmentKind.Session) => new()
    {
        PatientId = Guid.NewGuid(),
        PractitionerId = Guid.NewGuid(),
        RoomId = Guid.NewGuid(),
        Kind = kind,
        StartUtc = startUtc,
        EndUtc = startUtc.AddMinutes(30),
        WallStart = startUtc,
        BookedById = Guid.NewGuid(),
        BookedUtc = Now,
    };

    private static StoredAssessment Says(Decision decision, Appointment appointment, DateTime? at = null) => new()
    {
        PatientId = appointment.PatientId,
        AtUtc = at ?? Now,
        ById = appointment.BookedById,
        Facts = new AssessmentRequest { Date = DateOnly.FromDateTime(appointment.StartUtc) },
        Result = new Assessment(decision, null, [], [], [], [], "sha256:0"),
        Decision = decision,
        RuleBook = "sha256:0",
    };
}
