using MediatR;
using MesoClinic.Application.Patients;
using MesoClinic.Domain.Sessions;

namespace MesoClinic.Application.Sessions;

/// <summary>The text to be read and signed at home: for the plan of a coming appointment, or for photos.</summary>
public static class GetMyConsentForm
{
    [Requires(Permission.OwnRecord)]
    public sealed record Query(Guid? PatientId, ConsentKind Kind, Guid? AppointmentId) : IQuery<Result>;

    /// <param name="SignerName">The name that signs; null when this person cannot sign.</param>
    public sealed record Result(Guid PatientId, ConsentForm Form, string? SignerName, bool IsGuardian, string? WhyNot);

    internal sealed class Handler(OwnPatient own, MySignature signing, ConsentForms forms) : IRequestHandler<Query, Outcome<Result>>
    {
        public async Task<Outcome<Result>> Handle(Query query, CancellationToken token)
        {
            var (id, refusal) = await own.FindAsync(query.PatientId, nameof(GetMyConsentForm), token);
            if (refusal is not null)
            {
                return refusal;
            }

            var signer = await signing.WhoAsync(id, token);
            if ((await signing.LackingAsync(signer.Patient, token)).Find(l => l.Subject.Kind == query.Kind && l.AppointmentId == query.AppointmentId) is not { } lacking)
            {
                return new Failure.NotFound();
            }

            var whyNot = signer.WhyNot ?? (query.Kind == ConsentKind.Photos || await signing.WasExplainedAsync(id, token) ? null : SignMyConsent.NotExplained);
            return new Result(id, await forms.WriteAsync(signer.Patient, lacking.Subject, token), whyNot is null ? signer.Name : null, signer.IsGuardian, whyNot);
        }
    }
}
