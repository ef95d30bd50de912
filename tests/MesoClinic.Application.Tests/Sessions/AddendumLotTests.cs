using MesoClinic.Application.Rules;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Booking;
using MesoClinic.Rules;
using MesoClinic.Rules.Facts;
using MesoClinic.Testing;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Application.Tests.Sessions;

/// <summary>A lot that only an addendum names was in the skin like one of the record: the rules know its ingredients from then on.</summary>
public sealed class AddendumLotTests
{
    private const string VitaminC = "ing-vitamin-c";

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task Its_ingredients_count_as_given_in_that_session(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (scene, used, other) = (await SessionScene.StartedAsync(clinic), await clinic.AddLotAsync(VitaminC), await clinic.AddLotAsync("ing-procaine"));
        (await scene.TrySignAsync()).Must();
        Assert.Equal([SessionScene.Ingredient], await GivenAsync(scene));

        await AddAsync(scene, null);
        await AddAsync(scene, used);
        await AddAsync(scene, other);

        Assert.Equal([SessionScene.Ingredient, "ing-procaine", VitaminC], await GivenAsync(scene));
    }

    [Theory]
    [OnSqlite]
    [OnSqlServer]
    public async Task What_is_still_to_come_is_judged_again_when_a_lot_is_named(Engine engine)
    {
        await using var clinic = await TestClinic.OpenAsync(engine);
        var (scene, used) = (await SessionScene.StartedAsync(clinic), await clinic.AddLotAsync(VitaminC));
        (await scene.TrySignAsync()).Must();
        var coming = await AddComingAsync(scene);

        await AddAsync(scene, null);
        Assert.Null((await clinic.AppointmentAsync(coming)).AssessmentId);

        await AddAsync(scene, used);
        var judged = (await clinic.AppointmentAsync(coming)).AssessmentId;
        var plan = (await clinic.InDatabaseAsync(db => db.Assessments.SingleAsync(a => a.Id == judged))).Facts.Plan;
        Assert.True(plan.FirstUseOfProduct);
        Assert.Contains(plan.Given!, given => given.Ingredient == VitaminC);
    }

    private static async Task<IEnumerable<string>> GivenAsync(SessionScene scene) => await scene.Clinic.InDatabaseAsync(async db =>
        Assert.Single((await TreatmentHistory.OfAsync(db, [scene.Patient], scene.Clinic.Clock.GetUtcNow().UtcDateTime, scene.Clinic.Today, default)).Sessions[scene.Patient]).Ingredients.Order(StringComparer.Ordinal));

    private static async Task AddAsync(SessionScene scene, Guid? lot) =>
        (await scene.Clinic.SendAsync(scene.Practitioner, new AddAddendum.Command { SessionId = scene.Session, Reason = "Wrong lot", Text = "The lot was another one.", LotId = lot })).Must();

    private static Task<Guid> AddComingAsync(SessionScene scene) => scene.Clinic.InDatabaseAsync(async db =>
    {
        var start = scene.Clinic.Clock.GetUtcNow().UtcDateTime.AddDays(14);
        var coming = new Appointment
        {
            PatientId = scene.Patient, PractitionerId = scene.Practitioner, RoomId = (await db.Rooms.FirstAsync()).Id, Kind = AppointmentKind.Session, StartUtc = start, EndUtc = start.AddMinutes(30),
            WallStart = start.AddHours(1), BookedById = scene.Practitioner, BookedUtc = start.AddDays(-20), Decision = Decision.Allow,
            Plan = new PlannedTreatment { Indication = "ind-wrinkles", Areas = ["forehead"], Technique = "tech-nappage", Ingredients = [VitaminC] },
        };
        db.Appointments.Add(coming);
        await db.SaveChangesAsync();
        return coming.Id;
    });
}
