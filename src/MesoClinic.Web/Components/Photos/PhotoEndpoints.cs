using System.Security.Claims;
using MediatR;
using MesoClinic.Application;
using MesoClinic.Application.Photos;
using MesoClinic.Domain.Photos;
using MesoClinic.Web.Components.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace MesoClinic.Web.Components.Photos;

/// <summary>Pictures travel as plain requests, not over the live connection: in as a stream that is never held as a whole, out only to those who may see them.</summary>
internal static class PhotoEndpoints
{
    public static void MapPhotos(this WebApplication app)
    {
        app.MapPost("/photos", UploadAsync).RequireAuthorization();
        app.MapGet("/photos/{id:guid}", (Guid id, HttpContext context, ClinicSender sender, PhotoStore store) => SendAsync(new ReadPhoto.Query(id), context, sender, store)).RequireAuthorization();
        app.MapGet("/me/photos/{id:guid}", (Guid id, HttpContext context, ClinicSender sender, PhotoStore store) => SendAsync(new ReadMyPhoto.Query(id), context, sender, store)).RequireAuthorization();
    }

    /// <summary>The body is the picture itself. What it is, its first bytes say; patient, session, moment and view come as headers: addresses are written into the logs of what lies between.</summary>
    private static async Task<IResult> UploadAsync(
        [FromHeader(Name = "Photo-Patient")] Guid patient, [FromHeader(Name = "Photo-Session")] Guid? session, [FromHeader(Name = "Photo-Moment")] PhotoMoment moment, [FromHeader(Name = "Photo-View")] string view,
        HttpContext context, IAntiforgery antiforgery, ClinicSender sender, PhotoStore store)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Refuse(StatusCodes.Status400BadRequest, "This page is too old. Load it again, then send the photo.");
        }

        var limit = store.Limits.Bytes;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
        {
            // Our own reader stops at the limit; the server's would cut the connection before the browser has read why.
            body.MaxRequestBodySize = null;
        }

        if (context.Request.ContentLength > limit)
        {
            return Refuse(StatusCodes.Status413PayloadTooLarge, $"The file is larger than {limit / 1024 / 1024} MB. Take the photo with a lower resolution.");
        }

        if ((await sender.SendAsync(context.User, new CheckPhotoUpload.Query(patient, session, view), context.RequestAborted)).Failure is { } early)
        {
            return Refuse(early);
        }

        var received = await store.ReceiveAsync(context.Request.Body, context.RequestAborted);
        if (received is not { Value: { } photo })
        {
            return Refuse(received.Failure!);
        }

        // Whoever has left the page by now still gets the photo kept. Where the answer is an exception, nobody knows whether its record was written: the hourly sweep looks, and deletes only what has none.
        var outcome = await sender.SendAsync(context.User, new AddPhoto.Command { PatientId = patient, SessionId = session, Moment = moment, View = view, Photo = photo }, CancellationToken.None);
        if (outcome.Failure is not { } late)
        {
            return Results.Json(new Answer(outcome.Value, null));
        }

        store.Discard(photo.File);
        return Refuse(late);
    }

    private static async Task<IResult> SendAsync(IQuery<Photo> query, HttpContext context, ClinicSender sender, PhotoStore store)
    {
        if ((await sender.SendAsync(context.User, query, context.RequestAborted)).Value is not { } photo || !store.Has(photo.File))
        {
            return Results.NotFound();
        }

        var (type, extension) = photo.Format == PhotoFormat.Png ? ("image/png", "png") : ("image/jpeg", "jpg");
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentDisposition = $"inline; filename=\"photo.{extension}\"";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        (context.Response.ContentType, context.Response.ContentLength) = (type, photo.Bytes);
        await store.WriteToAsync(photo, context.Response.Body, context.RequestAborted);
        return Results.Empty;
    }

    private static IResult Refuse(Failure failure) => failure switch
    {
        Failure.NotFound => Refuse(StatusCodes.Status404NotFound, "This is no longer there. Load the page again."),
        Failure.Forbidden or Failure.ReasonNeeded => Refuse(StatusCodes.Status403Forbidden, FailureText.Sentence(failure)),
        Failure.Conflict conflict => Refuse(StatusCodes.Status409Conflict, conflict.Message),
        _ => Refuse(StatusCodes.Status400BadRequest, FailureText.Sentence(failure)),
    };

    private static IResult Refuse(int status, string message) => Results.Json(new Answer(null, message), statusCode: status);

    private sealed record Answer(Guid? Id, string? Message);
}
