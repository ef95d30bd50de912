using MesoClinic.Application;
using MesoClinic.Application.Sessions;
using MesoClinic.Domain.Booking;
using MesoClinic.Domain.Cocktails;
using MesoClinic.Domain.Patients;
using MesoClinic.Rules.Facts;
using Microsoft.EntityFrameworkCore;

namespace MesoClinic.Testing;

/// <summary>A checked-in patient, stock on the shelf, and a record ready to be started; each test changes the one thing that it is about.</summary>
public sealed class SessionScene
{
    public const string Ingredient = "ing-hyaluronic-acid";

    private SessionScene(TestClinic clinic, Guid practitioner, Guid patient, Guid appointment, Guid lot) =>
        (Clinic, Practitioner, Patient, Appointment, Lot) = (clinic, practitioner, patient, appointment, lot);

    public TestClinic Clinic { get; }
    public Guid Practitioner { get; }
    public Guid Patient { get; }
    public Guid Appointment { get; }
    public Guid Lot { get; }
    public Guid Session { get; private set; }

    /// <summary>The draft as last saved; saving it again needs a fresh command id.</summary>
    public SaveSessionDraft.Command Draft { get; private set; } = new();

    public static async Task<SessionScene> SetAsync(TestClinic clinic)
    {
        ArgumentNullException.ThrowIfNull(clinic);
        var practitioner = await clinic.AddCosmetologistAsync();
        var (now, today) = (clinic.Clock.GetUtcNow().UtcDateTime, clinic.Today);
        var patient = HealthyPatient(today, now);
        var room = new Room { Name = $"Room {1 + await clinic.InDatabaseAsync(db => db.Rooms.CountAsync())}" };
        var appointment = new Appointment
        {
            PatientId = patient.Id,
            PractitionerId = practitioner,
            RoomId = room.Id,
            Kind = AppointmentKind.Session,
            State = AppointmentState.CheckedIn,
            StartUtc = now,
            EndUtc = now.AddMinutes(30),
            WallStart = new DateTime(2026, 6, 1, 9, 0, 0, DateTimeKind.Unspecified),
            Plan = new PlannedTreatment { Indication = "ind-wrinkles", Areas = ["forehead"], Technique = "tech-nappage", Administration = "tech-manual", Ingredients = [Ingredient] },
            BookedById = practitioner,
            BookedUtc = now,
            CheckedInUtc = now,
        };
        await clinic.InDatabaseAsync(async db =>
        {
            db.Rooms.Add(room);
            db.Patients.Add(patient);
            db.Appointments.Add(appointment);
            db.Appointments.Add(new Appointment
            {
                PatientId = patient.Id,
                PractitionerId = practitioner,
                RoomId = room.Id,
                Kind = AppointmentKind.Consultation,
                State = AppointmentState.Done,
                StartUtc = now.AddDays(-7),
                EndUtc = now.AddDays(-7).AddMinutes(30),
                WallStart = new DateTime(2026, 5, 25, 9, 0, 0, DateTimeKind.Unspecified),
                BookedById = practitioner,
                BookedUtc = now.AddDays(-9),
            });
            db.AllergyTests.Add(new AllergyTest { PatientId = patient.Id, Ingredient = Ingredient, AppliedOn = today.AddDays(-5), ReadOn = today.AddDays(-3), Negative = true, AppliedById = practitioner });
            await db.SaveChangesAsync();
        });
        return new SessionScene(clinic, practitioner, patient.Id, appointment.Id, await clinic.AddLotAsync(Ingredient));
    }

    /// <summary>Opened and filled in, consent signed: only the start is missing.</summary>
    public static async Task<SessionScene> ReadyAsync(TestClinic clinic)
    {
        var scene = await SetAsync(clinic);
        await scene.OpenAsync();
        await scene.SaveAsync(_ => { });
        await scene.SignConsentAsync();
        return scene;
    }

    public static async Task<SessionScene> StartedAsync(TestClinic clinic)
    {
        var scene = await ReadyAsync(clinic);
        await scene.StartAsync();
        return scene;
    }

    public async Task OpenAsync()
    {
        Session = Must(await Clinic.SendAsync(Practitioner, new OpenSession.Command { AppointmentId = Appointment }));
        Draft = await ReadDraftAsync();
        (Draft.NeedleOuterDiameterMm, Draft.DepthMm, Draft.VolumePerInjectionMl, Draft.Points, Draft.InjectionSpeed) = (0.3m, 1.5m, 0.02m, 40, "slow");
        Draft.Lines = [new SaveSessionDraft.Line { LotId = Lot, VolumeMl = 1, Ampoules = 1 }];
        Draft.AsepsisDone = [.. TestClinic.Book.Value.Knowledge.AsepsisSteps.Where(step => step.Order < 7).Select(step => step.Id)];
        Draft.AnaestheticCream = false;
        Draft.ConfirmSealed();
    }

    public async Task<SaveSessionDraft.Command> ReadDraftAsync() =>
        Must(await Clinic.SendAsync(Practitioner, new GetSession.Query { SessionId = Session })).Draft;

    public async Task<Outcome<Guid>> TrySaveAsync(Action<SaveSessionDraft.Command> change, Guid? user = null)
    {
        ArgumentNullException.ThrowIfNull(change);
        Draft.CommandId = Guid.NewGuid();
        change(Draft);
        var saved = await Clinic.SendAsync(user ?? Practitioner, Draft);
        if (saved.Succeeded)
        {
            Draft.Version = saved.Value;
        }

        return saved;
    }

    /// <summary>The same from another lot, its ampoules confirmed as new and sealed.</summary>
    public Task TakeFromAsync(Guid lot) => SaveAsync(draft =>
    {
        draft.Lines[0].LotId = lot;
        draft.ConfirmSealed();
    });

    public async Task SaveAsync(Action<SaveSessionDraft.Command> change) => Must(await TrySaveAsync(change));

    public Task<Outcome<Guid>> TryStartAsync(Guid? user = null) => Clinic.SendAsync(user ?? Practitioner, new StartSession.Command { SessionId = Session, Version = Draft.Version });

    public async Task StartAsync() => Draft.Version = Must(await TryStartAsync());

    /// <summary>Notes when the injections ended, at nine unless another time is given, in the record as it is kept; then signs it.</summary>
    public async Task<Outcome<Done>> TrySignAsync(TimeOnly? endedAt = null, Guid? user = null)
    {
        var kept = await ReadDraftAsync();
        kept.EndedAt = endedAt ?? new TimeOnly(9, 0);
        var noted = await Clinic.SendAsync(Practitioner, kept);
        if (noted.Failure is { } failure)
        {
            return failure;
        }

        Draft.Version = noted.Value;
        return await Clinic.SendAsync(user ?? Practitioner, new SignSession.Command { SessionId = Session, Version = Draft.Version });
    }

    public SignConsent.Command ConsentForm() => new()
    {
        AppointmentId = Appointment,
        Areas = [.. Draft.Areas],
        Technique = Draft.Technique,
        Ingredients = [Ingredient],
        SignedName = "Hannah Lindqvist",
    };

    /// <summary>Opens the form for what the command names, and signs the text that it shows.</summary>
    public async Task<Outcome<Guid>> TrySignConsentAsync(Action<SignConsent.Command>? change = null)
    {
        var form = ConsentForm();
        change?.Invoke(form);
        form.Read = await Clinic.ReadConsentAsync(Practitioner, form);
        return await Clinic.SendAsync(Practitioner, form);
    }

    public async Task<Guid> SignConsentAsync(Action<SignConsent.Command>? change = null) => Must(await TrySignConsentAsync(change));

    private static T Must<T>(Outcome<T> outcome) => outcome.Succeeded ? outcome.Value : throw new InvalidOperationException($"Refused: {outcome.Failure} {string.Join("; ", (outcome.Failure as Failure.Invalid)?.Errors.Select(e => $"{e.Key}: {e.Value[0]}") ?? [])}");

    private static Patient HealthyPatient(DateOnly today, DateTime now)
    {
        var patient = new Patient
        {
            GivenName = "Hannah",
            FamilyName = "Lindqvist",
            BirthDate = new DateOnly(1980, 3, 11),
            Sex = Sex.Female,
            RegisteredUtc = now,
            RegisteredById = Guid.Empty,
        };
        PatientBuilders.GiveHealthyHistory(patient, today, now);
        return patient;
    }
}

public static class SessionBuilders
{
    /// <summary>The fingerprint of the consent that this person is shown; empty when there is no form for it.</summary>
    public static async Task<string> ReadConsentAsync(this TestClinic clinic, Guid user, SignConsent.Command command)
    {
        ArgumentNullException.ThrowIfNull(clinic);
        ArgumentNullException.ThrowIfNull(command);
        var form = await clinic.SendAsync(user, new GetConsentForm.Query
        {
            Kind = command.Kind, AppointmentId = command.AppointmentId, PatientId = command.PatientId, Areas = command.Areas, Technique = command.Technique, Ingredients = command.Ingredients,
        });
        return form.Value?.Form.Read ?? "";
    }

    /// <summary>A product of one ingredient with a lot in stock.</summary>
    public static async Task<Guid> AddLotAsync(this TestClinic clinic, string ingredient, Action<Lot>? with = null, int ampoules = 20, DateOnly? expires = null)
    {
        ArgumentNullException.ThrowIfNull(clinic);
        var name = $"{TestClinic.Book.Value.Ingredients[ingredient].Title} {Guid.NewGuid():N}";
        var product = new Product { Name = name, Manufacturer = "Test laboratories", Ingredients = [new ProductIngredient(ingredient, 10)], CompositionVerified = true };
        var lot = new Lot
        {
            ProductId = product.Id,
            Number = "L-2604",
            ExpiresOn = expires ?? clinic.Today.AddYears(1),
            ReceivedOn = clinic.Today.AddDays(-30),
            AmpoulesReceived = ampoules,
            AmpoulesLeft = ampoules,
        };
        with?.Invoke(lot);
        return await clinic.InDatabaseAsync(async db =>
        {
            db.Products.Add(product);
            db.Lots.Add(lot);
            await db.SaveChangesAsync();
            return lot.Id;
        });
    }
}
